import { SignerError } from "./signer-error.js";
import type { SigningMethod } from "./signing-method.js";

/**
 * The value of `oauth_body_hash`: the hash of the body's octets, of none where there is no body
 * (Request Body Hash extension, draft 3, §3.2).
 *
 * @param isForm - Whether a form is sent: the extension leaves those to the signature.
 */
export function hashBody<Hash extends string | Promise<string>>(
  signatureMethod: SigningMethod<Hash, never>,
  body: unknown,
  isForm: boolean,
): Hash {
  if (signatureMethod.bodyHash === undefined) {
    throw refusal(`${signatureMethod.name} has no hash function`);
  }
  if (isForm) throw refusal("a form body is signed itself and carries no body hash");
  return signatureMethod.bodyHash(octetsOf(body));
}

function octetsOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw refusal("only text and octets can be hashed before they are sent");
}

/** A global of every platform. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

function refusal(message: string): SignerError {
  return new SignerError("ERR_BODY_HASH", "oauth_body_hash", message);
}
