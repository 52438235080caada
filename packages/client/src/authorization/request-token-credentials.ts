import type { Parameter } from "@oauth1/base-string";
import type { SharedSecret } from "@oauth1/signature-methods";
import type { Credentials } from "@oauth1/signer";
import { type CredentialRequestOptions, requestCredentials } from "./credential-request.js";
import { type TokenCredentials, tokenCredentials } from "./token-credentials.js";

/** Options of {@link requestTokenCredentials} (RFC 5849 §2.3). */
export interface TokenCredentialsStep {
  /**
   * The result of {@link requestTemporaryCredentials}. Omit it for a server that issues token
   * credentials to the client itself (two-legged).
   */
  readonly temporaryCredentials?: Credentials | undefined;
  /**
   * `oauth_verifier`, from {@link readAuthorizationCallback} or from the resource owner. Omit it
   * for a server that has none: two-legged, or OAuth 1.0 before revision A.
   */
  readonly verifier?: string | undefined;
}

/**
 * The third step: exchanges temporary credentials for token credentials.
 *
 * @param url - The server's Token Request endpoint.
 * @param options - The client, and the results of the first two steps.
 * @throws {@link AuthorizationError}, of which {@link ProviderError} is a subclass.
 * @see RFC 5849 §2.3
 *
 * @example
 * ```ts
 * const token = await requestTokenCredentials("https://photos.example.net/token", {
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *   temporaryCredentials: { identifier: "hh5s93j4hdidpola", sharedSecret: "hdhd0244k9j7ao03" },
 *   verifier: "hfdp7dh39dks9884",
 *   fetch: async () =>
 *     new Response("oauth_token=nnch734d00sl2jdk&oauth_token_secret=pfkkdhi9sl3r4s00", {
 *       headers: { "Content-Type": "application/x-www-form-urlencoded" },
 *     }),
 * });
 * token.identifier; // "nnch734d00sl2jdk"
 * token.sharedSecret; // "pfkkdhi9sl3r4s00"
 * ```
 */
export async function requestTokenCredentials<SigningClient = SharedSecret>(
  url: string | URL,
  options: CredentialRequestOptions<SigningClient> & TokenCredentialsStep,
): Promise<TokenCredentials> {
  const { temporaryCredentials, verifier } = options ?? {};
  const protocolParameters: Parameter[] =
    verifier === undefined ? [] : [["oauth_verifier", verifier]];
  return tokenCredentials(
    await requestCredentials<SigningClient>(url, options, {
      token: temporaryCredentials,
      protocolParameters,
    }),
  );
}
