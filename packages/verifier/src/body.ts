import { verifyBodyHash } from "@oauth1/signature-methods";
import type { VerifyingMethod } from "./check-signature.js";
import type { BodyLimits, Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { rejected } from "./received-parameters.js";

/** Reads a whole body, within the limits of size and time. */
export async function readBody(message: Message, limits: BodyLimits): Promise<Uint8Array> {
  const tooLarge = () => new Problem("limit_exceeded", "the body is longer than limits.body");
  if (Number(message.fields("content-length")[0] ?? 0) > limits.body) throw tooLarge();
  const body = await message.readBody(limits);
  if (body === "too-large") throw tooLarge();
  if (body === "too-slow") {
    throw new Problem("limit_exceeded", "the body did not arrive within limits.bodyTimeout", {
      status: 408,
    });
  }
  if (body === "broken-off")
    throw new Problem("request_rejected", "the connection closed before the whole body arrived");
  return body;
}

/**
 * Rejects a body hash that is not allowed: a form is signed itself, and a method without a hash
 * function (PLAINTEXT) has no body hash.
 *
 * @see Request Body Hash extension, draft 3, §4.1
 */
export function requirePlace(bodyHash: string, isForm: boolean, method: VerifyingMethod): void {
  if (!isForm && method.bodyHash !== undefined) return;
  throw rejected(
    `oauth_body_hash must be omitted ${isForm ? "if the body is a form" : "with this signature method"}`,
    [["oauth_body_hash", bodyHash]],
  );
}

/** Checks a body against the signed hash. */
export async function checkBodyHash(
  { bodyHash }: VerifyingMethod,
  body: Uint8Array,
  received: string,
): Promise<void> {
  const isThatOfBody = await verifyBodyHash(
    bodyHash === undefined ? {} : { bodyHash },
    body,
    received,
  );
  if (!isThatOfBody)
    throw new Problem("signature_invalid", "oauth_body_hash does not match the body");
}
