import { verifyBodyHash } from "@oauth1/signature-methods";
import type { VerifyingMethod } from "./check-signature.js";
import type { Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { absent, rejected } from "./received-parameters.js";

/** Reads a body whole, where it is no longer than allowed. */
export async function readBody(message: Message, limit: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem("limit_exceeded", "the body is too long");
  if (Number(message.fields("content-length")[0] ?? 0) > limit) throw tooLarge();
  const body = await message.readBody(limit);
  if (body === "too-large") throw tooLarge();
  if (body === "broken-off") throw new Problem("request_rejected", "the body broke off");
  return body;
}

/**
 * Checks that a body hash is there where it must be, and not where it must not: a form is signed
 * itself, and PLAINTEXT has no hash function.
 *
 * @see Request Body Hash extension, draft 3, §4.1
 */
export function requireBodyHash(
  bodyHash: string | undefined,
  request: { isForm: boolean; hasBody: boolean; method: VerifyingMethod },
): void {
  if (bodyHash === undefined) {
    if (request.hasBody && !request.isForm) throw absent(["oauth_body_hash"]);
  } else if (request.isForm || request.method.bodyHash === undefined) {
    throw rejected(
      `oauth_body_hash has no place ${request.isForm ? "beside a form" : "with this signature method"}`,
      [["oauth_body_hash", bodyHash]],
    );
  }
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
