import { verifyBodyHash } from "@oauth1/signature-methods";
import type { VerifyingMethod } from "./check-signature.js";
import type { BodyLimits, Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { rejected } from "./received-parameters.js";

/** Reads a body whole, if it is no longer and takes no longer than allowed. */
export async function readBody(message: Message, limits: BodyLimits): Promise<Uint8Array> {
  const tooLarge = () => new Problem("limit_exceeded", "the body is too long");
  if (Number(message.fields("content-length")[0] ?? 0) > limits.body) throw tooLarge();
  const body = await message.readBody(limits);
  if (body === "too-large") throw tooLarge();
  if (body === "too-slow") {
    throw new Problem("limit_exceeded", "the body did not arrive in time", { status: 408 });
  }
  if (body === "broken-off") throw new Problem("request_rejected", "the body broke off");
  return body;
}

/**
 * Rejects a body hash where it has no place: a form is signed itself, and a method without a hash
 * function (PLAINTEXT) has no body hash.
 *
 * @see Request Body Hash extension, draft 3, §4.1
 */
export function requirePlace(bodyHash: string, isForm: boolean, method: VerifyingMethod): void {
  if (!isForm && method.bodyHash !== undefined) return;
  throw rejected(
    `oauth_body_hash has no place ${isForm ? "beside a form" : "with this signature method"}`,
    [["oauth_body_hash", bodyHash]],
  );
}

/** Checks a body against the hash of it that was signed. */
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
    throw new Problem("signature_invalid", "oauth_body_hash is not that of the body");
}
