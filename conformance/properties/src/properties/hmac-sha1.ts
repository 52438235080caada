import fc from "fast-check";
import { sharedSecret } from "../arbitraries/credentials.js";
import { text } from "../arbitraries/text.js";
import { expectEqual, type Property, property } from "../property.js";
import { hmacSha1 } from "../references/hmac-sha1.js";

const signatureInput = fc.record({
  baseString: fc.oneof(text, fc.string({ unit: "grapheme-ascii", maxLength: 200 })),
  clientSharedSecret: sharedSecret,
  tokenSharedSecret: fc.oneof(fc.constant(""), sharedSecret),
  signatureMethod: fc.constant("HMAC-SHA1"),
});

/** The HMAC-SHA1 signature method: RFC 5849 §3.4.2. */
export const hmacSha1Properties: readonly Property[] = [
  property({
    id: "hmac-sha1/by-node-crypto",
    section: "§3.4.2",
    statement: "The signature is the one that node:crypto computes.",
    needs: ["signature"],
    inputs: signatureInput,
    async check({ signature }, input) {
      const { baseString, clientSharedSecret, tokenSharedSecret } = input;
      expectEqual(
        await signature(input),
        hmacSha1(baseString, clientSharedSecret, tokenSharedSecret),
        { step: "signature", input },
      );
    },
  }),
  property({
    id: "hmac-sha1-verification/right-signature",
    section: "§3.2",
    statement: "The signature that node:crypto computes is valid.",
    needs: ["verifySignature"],
    inputs: signatureInput,
    async check({ verifySignature }, input) {
      const { baseString, clientSharedSecret, tokenSharedSecret } = input;
      const signature = hmacSha1(baseString, clientSharedSecret, tokenSharedSecret);
      expectEqual(await verifySignature({ ...input, signature }), true);
    },
  }),
  property({
    id: "hmac-sha1-verification/own-signature",
    section: "§3.2",
    statement: "What was signed is valid.",
    needs: ["signature", "verifySignature"],
    inputs: signatureInput,
    async check({ signature, verifySignature }, input) {
      expectEqual(await verifySignature({ ...input, signature: await signature(input) }), true);
    },
  }),
  property({
    id: "hmac-sha1-verification/changed-octet",
    section: "§3.2",
    statement: "A signature of which one octet is changed is not valid.",
    needs: ["verifySignature"],
    inputs: fc.record({
      input: signatureInput,
      index: fc.nat({ max: 19 }),
      difference: fc.integer({ min: 1, max: 255 }),
    }),
    async check({ verifySignature }, { input, index, difference }) {
      const { baseString, clientSharedSecret, tokenSharedSecret } = input;
      const right = hmacSha1(baseString, clientSharedSecret, tokenSharedSecret);
      const digest = Buffer.from(right, "base64");
      digest[index] = (digest[index] ?? 0) ^ difference;
      const signature = digest.toString("base64");
      expectEqual(await verifySignature({ ...input, signature }), false);
    },
  }),
  property({
    id: "hmac-sha1-verification/changed-character",
    section: "§3.2",
    statement: "A signature of which one character is changed is not valid.",
    needs: ["verifySignature"],
    inputs: fc.record({
      input: signatureInput,
      index: fc.nat({ max: 27 }),
      character: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)),
    }),
    async check({ verifySignature }, { input, index, character }) {
      const { baseString, clientSharedSecret, tokenSharedSecret } = input;
      const right = hmacSha1(baseString, clientSharedSecret, tokenSharedSecret);
      const signature = `${right.slice(0, index)}${character}${right.slice(index + 1)}`;
      const isValid = await answersTrue(() => verifySignature({ ...input, signature }));
      expectEqual(isValid, signature === right);
    },
  }),
  property({
    id: "hmac-sha1-verification/part",
    section: "§3.2",
    statement: "A part of the signature is not valid.",
    needs: ["verifySignature"],
    inputs: fc.record({ input: signatureInput, length: fc.nat({ max: 27 }) }),
    async check({ verifySignature }, { input, length }) {
      const { baseString, clientSharedSecret, tokenSharedSecret } = input;
      const signature = hmacSha1(baseString, clientSharedSecret, tokenSharedSecret).slice(
        0,
        length,
      );
      expectEqual(await answersTrue(() => verifySignature({ ...input, signature })), false);
    },
  }),
];

/** Rejecting a malformed signature says the same as false. */
async function answersTrue(verify: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await verify();
  } catch {
    return false;
  }
}
