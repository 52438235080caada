import type { SharedSecret } from "@oauth1/signature-methods";
import { AuthorizationError } from "./authorization-error.js";
import {
  type CredentialRequestOptions,
  requestCredentials,
  requireHttps,
} from "./credential-request.js";
import { type TokenCredentials, tokenCredentials } from "./token-credentials.js";

/** Options of {@link requestTokenCredentialsByXAuth}. */
export interface XAuthStep {
  /** `x_auth_username`. */
  readonly username: string;
  /** `x_auth_password`. */
  readonly password: string;
  /** `x_auth_mode`. Default: `"client_auth"`. */
  readonly mode?: string | undefined;
}

/**
 * Exchanges the resource owner's name and password for token credentials (xAuth), at a server that
 * still accepts them. They are only sent in the form body and over TLS, even with
 * `allowInsecureTransport`.
 *
 * @param url - The server's Token Request endpoint.
 * @param options - The client, and the name and password, decoded.
 * @throws {@link AuthorizationError} `ERR_AUTHORIZATION_NOT_HTTPS` for `http`,
 * `ERR_AUTHORIZATION_OPTION` for a method without a body, and the codes of a response that cannot
 * be used.
 *
 * @example
 * ```ts
 * const token = await requestTokenCredentialsByXAuth("https://photos.example.net/token", {
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *   username: "jane",
 *   password: "open sesame",
 *   fetch: async () =>
 *     new Response("oauth_token=nnch734d00sl2jdk&oauth_token_secret=pfkkdhi9sl3r4s00", {
 *       headers: { "Content-Type": "application/x-www-form-urlencoded" },
 *     }),
 * });
 * token.identifier; // "nnch734d00sl2jdk"
 * ```
 */
export async function requestTokenCredentialsByXAuth<SigningClient = SharedSecret>(
  url: string | URL,
  options: CredentialRequestOptions<SigningClient> & XAuthStep,
): Promise<TokenCredentials> {
  const { username, password, mode = "client_auth", method = "POST" } = options ?? {};
  requireHttps(url);
  if (String(method).toUpperCase() === "GET") {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_OPTION",
      "method must not be GET, which would show the password in the URL",
      {
        parameter: "method",
      },
    );
  }
  return tokenCredentials(
    await requestCredentials<SigningClient>(url, options, {
      secretParameters: [
        ["x_auth_mode", mode],
        ["x_auth_password", password],
        ["x_auth_username", username],
      ],
      required: ["username", "password"],
    }),
  );
}
