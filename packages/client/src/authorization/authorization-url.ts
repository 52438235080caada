import type { Parameter } from "@oauth1/base-string";
import { AuthorizationError } from "./authorization-error.js";
import { splitOnce, withParameters } from "./credential-request.js";

/**
 * The second step: returns the URL to which you send the resource owner to grant or deny access.
 *
 * @param url - The server's Resource Owner Authorization endpoint. Its query is kept as it is.
 * @param temporaryCredentials - The result of {@link requestTemporaryCredentials}.
 * @param parameters - The server's own parameters, decoded: `scope`, `perms`, `name`, …
 * @returns The URL. It does not contain a secret.
 * @throws {@link AuthorizationError} `ERR_AUTHORIZATION_OPTION` if the URL or the parameters
 * already contain `oauth_token`.
 * @see RFC 5849 §2.2
 *
 * @example
 * ```ts
 * const temporary = { identifier: "hh5s93j4hdidpola", sharedSecret: "hdhd0244k9j7ao03" };
 * authorizationUrl("https://photos.example.net/authorize", temporary, [
 *   ["perms", "read"],
 * ]);
 * // "https://photos.example.net/authorize?oauth_token=hh5s93j4hdidpola&perms=read"
 * ```
 */
export function authorizationUrl(
  url: string | URL,
  temporaryCredentials: { readonly identifier: string },
  parameters: Iterable<Parameter> = [],
): string {
  const identifier: unknown = temporaryCredentials?.identifier;
  if (typeof identifier !== "string" || identifier === "") {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_OPTION",
      "temporaryCredentials must be the result of requestTemporaryCredentials()",
      { parameter: "temporaryCredentials" },
    );
  }
  const all: Parameter[] = [["oauth_token", identifier], ...parameters];
  const [, query = ""] = splitOnce(splitOnce(String(url), "#")[0], "?");
  const names = [...new URLSearchParams(query).keys(), ...all.slice(1).map(([name]) => name)];
  if (names.includes("oauth_token")) {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_OPTION",
      "oauth_token is taken from temporaryCredentials: remove it from the URL and the parameters",
      {
        parameter: "oauth_token",
      },
    );
  }
  return withParameters(url, all);
}
