import { createSigner, type SignerOptions, type SignOptions } from "./create-signer.js";
import type { SignableRequest, SignedRequest } from "./request.js";
import { requireSignerOptions, SIGN_OPTIONS, SIGNER_OPTIONS } from "./require-options.js";
import type { SigningMethod } from "./signing-method.js";

/**
 * Signs one request. To sign several with the same credentials use {@link createSigner}, which
 * prepares them once.
 *
 * @param request - The request to sign.
 * @param options - The options of a signer, and those of this request.
 * @throws SignerError, BaseStringError or PercentEncodingError if the request cannot be signed.
 * @see RFC 5849 §3.1
 *
 * @example
 * ```ts
 * const signed = sign(
 *   { method: "POST", url: "https://photos.example.net/initiate" },
 *   {
 *     client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *     protocolParameters: [["oauth_callback", "http://printer.example.com/ready"]],
 *     version: null,
 *     clock: () => 137131200,
 *     nonce: () => "wIjqoS",
 *   },
 * );
 * signed.signature; // "74KNZJeDHnMBp0EMJ9ZHt/XKycU="
 * ```
 */
export function sign<Body = undefined>(
  request: SignableRequest<Body>,
  options: SignerOptions & SignOptions,
): SignedRequest<Body>;
export function sign<Signature extends string | Promise<string>, SigningClient, Body = undefined>(
  request: SignableRequest<Body>,
  options: SignerOptions<Signature, SigningClient> &
    SignOptions & { readonly signatureMethod: SigningMethod<Signature, SigningClient> },
): Signature extends string ? SignedRequest<Body> : Promise<SignedRequest<Body>>;
export function sign<Body = undefined>(
  request: SignableRequest<Body>,
  options: SignerOptions & SignOptions,
): SignedRequest<Body> {
  requireSignerOptions(options, { ...SIGNER_OPTIONS, ...SIGN_OPTIONS });
  const { protocolParameters, timestampOffset, ...signing } = options;
  return createSigner(signing).sign(request, { protocolParameters, timestampOffset });
}
