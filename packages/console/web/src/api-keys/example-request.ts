import type { ApiKey, Catalogue } from "@oauth1/api-keys";

/** A request to the protected API. */
export interface ExampleRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
}

/** Returns a request to the echo resource of the first permission of a key. */
export function exampleRequest(
  base: string,
  accountId: string,
  { category, permissions }: Pick<ApiKey, "category" | "permissions">,
  { categories }: Catalogue,
): ExampleRequest {
  const [id = ""] = permissions;
  const permission = categories
    .flatMap((known) => known.permissions)
    .find((known) => known.id === id);
  const path = ["api", "account", accountId, "echo", category, id];
  return {
    method: permission?.access === "invoke" ? "POST" : "GET",
    url: `${base}/${path.map(encodeURIComponent).join("/")}`,
  };
}
