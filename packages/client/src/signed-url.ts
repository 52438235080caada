/**
 * A URL that carries its own signature: RFC 5849 §3.5.3.
 *
 * @module
 */

import type { SharedSecret } from "@oauth1/signature-methods";
import {
  createSigner,
  type SignerOptions,
  type SigningMethod,
  type SignOptions,
} from "@oauth1/signer";
import { ClientError } from "./client-error.js";
import { wrongOption } from "./require-options.js";
import { hasUser } from "./sign-request.js";

/** Options of {@link signedUrl}. */
export interface SignedUrlOptions<
  Signature extends string | Promise<string> = string,
  SigningClient = SharedSecret,
> extends Omit<
      SignerOptions<Signature, SigningClient>,
      "transmission" | "realm" | "bodyHash" | "allowInsecureTransport"
    >,
    Pick<SignOptions, "protocolParameters"> {
  /** The request method that the URL is for. Default: `"GET"`. */
  readonly method?: string | undefined;
}

/**
 * Signs a URL by adding the protocol parameters to its query. Anyone who has the URL can make this
 * one request, once, as long as the server accepts its timestamp. Treat it as a secret.
 *
 * The URL is signed as browsers and `fetch` serialize it, because it arrives in this form.
 *
 * @param url - The absolute URL.
 * @param options - The credentials and options of the signature.
 * @returns The URL with its signature, or a promise of it if the signature method is asynchronous.
 * @throws SignerError if the URL cannot be signed.
 * @throws ClientError `ERR_URL` if it is not an absolute URL, or contains a user name or password.
 * `ERR_CLIENT_OPTION`, also for PLAINTEXT, with which the URL would contain the secrets.
 * @see RFC 5849 §3.5.3
 *
 * @example
 * ```ts
 * const url = signedUrl("https://photos.example.net/photos?size=original", {
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *   clock: () => 1191242096,
 *   nonce: () => "kllo9940pd9333jh",
 * });
 * new URL(url).searchParams.get("oauth_signature_method"); // "HMAC-SHA1"
 * ```
 */
export function signedUrl(url: string | URL, options: SignedUrlOptions): string;
export function signedUrl<Signature extends string | Promise<string>, SigningClient>(
  url: string | URL,
  options: SignedUrlOptions<Signature, SigningClient> & {
    readonly signatureMethod: SigningMethod<Signature, SigningClient>;
  },
): Signature extends string ? string : Promise<string>;
export function signedUrl(
  url: string | URL,
  options: SignedUrlOptions<string | Promise<string>>,
): string | Promise<string> {
  const { method = "GET", protocolParameters, ...signing } = options ?? {};
  for (const name of ["transmission", "realm", "bodyHash", "allowInsecureTransport"]) {
    if (name in signing) throw wrongOption("signedUrl", name, "is not an option: remove it");
  }
  if (typeof method !== "string") throw wrongOption("signedUrl", "method", "must be a string");
  if (!URL.canParse(url))
    throw new ClientError("ERR_URL", "signedUrl: url must be an absolute URL");
  const address = new URL(url);
  if (hasUser(address.href)) {
    throw new ClientError("ERR_URL", "signedUrl: url must not contain a user name or password");
  }
  if (signing.signatureMethod?.revealsSecrets) {
    throw wrongOption(
      "signedUrl",
      "signatureMethod",
      `must not be ${signing.signatureMethod.name}: the URL would show the secrets`,
    );
  }
  const signer = createSigner<string | Promise<string>, SharedSecret>({
    ...signing,
    signatureMethod: signing.signatureMethod as SigningMethod<
      string | Promise<string>,
      SharedSecret
    >,
    transmission: "query",
  });
  const signed = signer.sign(
    { method, url: address },
    { protocolParameters: protocolParameters ?? [] },
  );
  return signed instanceof Promise
    ? signed.then((known) => known.url)
    : (signed as { readonly url: string }).url;
}
