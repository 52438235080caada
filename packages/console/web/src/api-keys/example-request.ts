import type { ApiKey, Catalogue } from "@oauth1/api-keys";

/** A request of the protected API. */
export interface ExampleRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
}

/** The call of a key to the resource that echoes it, with the first of its permissions. */
export function exampleRequest(
  origin: string,
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
    url: `${origin}/${path.map(encodeURIComponent).join("/")}`,
  };
}
