import { SignerError } from "./signer-error.js";
import type { SigningMethod } from "./signing-method.js";

/**
 * The value of `oauth_body_hash`: the hash of the body's octets, or of zero octets if the request
 * has no body (Request Body Hash extension, draft 3, §3.2).
 *
 * @param isForm - True if the body is a form, which the signature covers and the extension
 *   excludes.
 */
export function hashBody<Hash extends string | Promise<string>>(
  signatureMethod: SigningMethod<Hash, never>,
  body: unknown,
  isForm: boolean,
): Hash {
  if (signatureMethod.bodyHash === undefined) {
    throw rejection(
      `${signatureMethod.name} has no hash function, so the request cannot have a body hash`,
    );
  }
  if (isForm)
    throw rejection("a form body must not have a body hash, because the signature covers it");
  return signatureMethod.bodyHash(octetsOf(body));
}

function octetsOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw rejection("the body must be text or bytes to be hashed before it is sent");
}

/** A global of every platform. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

function rejection(message: string): SignerError {
  return new SignerError("ERR_BODY_HASH", "oauth_body_hash", message);
}
