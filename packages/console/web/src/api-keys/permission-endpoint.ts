import type { Permission } from "@oauth1/api-keys";

/** Returns the request that a permission opens, as documentation writes it. */
export function endpointOf(part: {
  readonly category: string;
  readonly permission: string;
  readonly access: Permission["access"];
}): string {
  const { category, permission, access } = part;
  if (permission === "user-login") return "POST /api/account/{account}/login";
  const method = access === "invoke" ? "POST" : access === "read" ? "GET" : "GET, POST";
  return `${method} /api/account/{account}/echo/${category}/${permission}`;
}
