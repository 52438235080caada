import type { Parameter } from "@oauth1/base-string";
import { AuthorizationError } from "./authorization-error.js";
import { splitOnce, withParameters } from "./credential-request.js";

/**
 * The second step: where to send the resource owner, who grants access or refuses it there.
 *
 * @param url - The server's Resource Owner Authorization endpoint. Its query is kept as it is.
 * @param temporaryCredentials - What {@link requestTemporaryCredentials} gave.
 * @param parameters - The server's own parameters, decoded: `scope`, `perms`, `name`, …
 * @returns The URL, which holds no secret.
 * @throws {@link AuthorizationError} `ERR_AUTHORIZATION_OPTION` where `oauth_token` is in the URL or in the
 * parameters already.
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
      "temporaryCredentials must be what requestTemporaryCredentials() returned",
      { parameter: "temporaryCredentials" },
    );
  }
  const all: Parameter[] = [["oauth_token", identifier], ...parameters];
  const [, query = ""] = splitOnce(splitOnce(String(url), "#")[0], "?");
  const names = [...new URLSearchParams(query).keys(), ...all.slice(1).map(([name]) => name)];
  if (names.includes("oauth_token")) {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_OPTION",
      "the URL or the parameters have an oauth_token",
      {
        parameter: "oauth_token",
      },
    );
  }
  return withParameters(url, all);
}
