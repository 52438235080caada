import type { ApiKey } from "@oauth1/api-keys";

/** The protected resource that echoes the call of a key with the first of its permissions. */
export function exampleUrl(
  origin: string,
  accountId: string,
  { category, permissions }: Pick<ApiKey, "category" | "permissions">,
): string {
  const [permission = ""] = permissions;
  const path = ["api", "account", accountId, "echo", category, permission];
  return `${origin}/${path.map(encodeURIComponent).join("/")}`;
}
