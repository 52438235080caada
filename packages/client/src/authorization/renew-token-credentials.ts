import type { SharedSecret } from "@oauth1/signature-methods";
import type { Credentials } from "@oauth1/signer";
import { type CredentialRequestOptions, requestCredentials } from "./credential-request.js";
import { type TokenCredentials, tokenCredentials } from "./token-credentials.js";

/** Options of {@link renewTokenCredentials} (Session extension). */
export interface RenewalStep {
  /** The token credentials that expire or have expired. */
  readonly tokenCredentials: Credentials;
  /** The session handle that the server sent with them. */
  readonly sessionHandle: string;
}

/**
 * Requests fresh token credentials without the resource owner, while the session lasts.
 *
 * @param url - The server's Token Request endpoint.
 * @param options - The client, the current token credentials and their session handle.
 * @returns Fresh token credentials. The session handle can change: keep the latest one.
 * @throws {@link AuthorizationError}, of which {@link ProviderError} is a subclass.
 * @see Session extension: `oauth_session_handle` at the endpoint of RFC 5849 §2.3
 *
 * @example
 * ```ts
 * const token = await renewTokenCredentials("https://photos.example.net/token", {
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *   tokenCredentials: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
 *   sessionHandle: "oie43fhj",
 *   fetch: async () =>
 *     new Response("oauth_token=b6f&oauth_token_secret=k2a&oauth_expires_in=3600", {
 *       headers: { "Content-Type": "application/x-www-form-urlencoded" },
 *     }),
 * });
 * token.expiresIn; // 3600
 * ```
 */
export async function renewTokenCredentials<SigningClient = SharedSecret>(
  url: string | URL,
  options: CredentialRequestOptions<SigningClient> & RenewalStep,
): Promise<TokenCredentials> {
  const { tokenCredentials: token, sessionHandle } = options ?? {};
  return tokenCredentials(
    await requestCredentials<SigningClient>(url, options, {
      token,
      protocolParameters: [["oauth_session_handle", sessionHandle]],
      required: ["tokenCredentials", "sessionHandle"],
    }),
  );
}
