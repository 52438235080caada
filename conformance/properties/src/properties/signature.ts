import { type RegisteredMethod, signatureMethods } from "@oauth1/signature-methods/registry";
import fc from "fast-check";
import { sharedSecret } from "../arbitraries/credentials.js";
import { text } from "../arbitraries/text.js";
import type { SignatureInput } from "../implementation.js";
import { expectEqual, type Property, property } from "../property.js";
import { PRIVATE_KEY, PUBLIC_KEY } from "../references/rsa-key.js";
import { signatureOf } from "../references/signature.js";

type MethodKind = "hmac" | "plaintext" | "rsa";

/** All methods except the default, whose properties are in `hmac-sha1.ts`. */
function otherMethods(wanted: MethodKind): fc.Arbitrary<string> {
  const names = signatureMethods
    .slice(1)
    .filter((method) => kindOf(method) === wanted)
    .map(({ name }) => name);
  return fc.constantFrom(...names);
}

function kindOf({ keyType, hash }: RegisteredMethod): MethodKind {
  if (keyType === "rsa") return "rsa";
  return hash === undefined ? "plaintext" : "hmac";
}

const common = {
  baseString: fc.oneof(text, fc.string({ unit: "grapheme-ascii", maxLength: 200 })),
  clientSharedSecret: sharedSecret,
  tokenSharedSecret: fc.oneof(fc.constant(""), sharedSecret),
};

const hmacInput = fc.record({ ...common, signatureMethod: otherMethods("hmac") });
const plaintextInput = fc.record({ ...common, signatureMethod: otherMethods("plaintext") });
const rsaInput = fc.record({ ...common, signatureMethod: otherMethods("rsa") });

type Input = Omit<SignatureInput, "privateKey">;

/** A signature with a private key takes a millisecond, and longer in some languages. */
const SHARE_OF_RSA = 0.2;

/** By node:crypto. */
function reference(input: Input): string {
  const { baseString, signatureMethod, ...secrets } = input;
  const signature = signatureOf(baseString, signatureMethod, {
    ...secrets,
    privateKey: PRIVATE_KEY,
  });
  if (signature === undefined) throw new RangeError(`no reference of ${signatureMethod}`);
  return signature;
}

/** The signature methods except HMAC-SHA1: RFC 5849 §3.4.3, §3.4.4, and those with newer hashes. */
export const signatureProperties: readonly Property[] = [
  property({
    id: "signature/hmac-by-node-crypto",
    section: "§3.4.2",
    statement: "HMAC with another hash function gives what node:crypto computes.",
    needs: ["signature"],
    inputs: hmacInput,
    async check({ signature }, input) {
      expectEqual(await signature(input), reference(input), { step: "signature", input });
    },
  }),
  property({
    id: "signature/rsa-by-node-crypto",
    section: "§3.4.3",
    statement: "RSA gives what node:crypto computes, whatever the shared-secrets are.",
    needs: ["signature"],
    share: SHARE_OF_RSA,
    inputs: rsaInput,
    async check({ signature }, input) {
      const withKey = { ...input, privateKey: PRIVATE_KEY };
      expectEqual(await signature(withKey), reference(input), {
        step: "signature",
        input: withKey,
      });
    },
  }),
  property({
    id: "signature/plaintext-by-parts",
    section: "§3.4.4",
    statement:
      "A method without a hash function gives both shared-secrets, each encoded, joined by an ampersand.",
    needs: ["signature"],
    inputs: plaintextInput,
    async check({ signature }, input) {
      expectEqual(await signature(input), reference(input), { step: "signature", input });
    },
  }),
  property({
    id: "signature-verification/right-signature",
    section: "§3.2",
    statement: "The signature that node:crypto computes is valid, by every method.",
    needs: ["verifySignature"],
    share: SHARE_OF_RSA,
    inputs: fc.oneof(hmacInput, plaintextInput, rsaInput),
    async check({ verifySignature }, input) {
      const signed = { ...input, signature: reference(input), publicKey: PUBLIC_KEY };
      expectEqual(await verifySignature(signed), true);
    },
  }),
  property({
    id: "signature-verification/changed-octet",
    section: "§3.2",
    statement: "A signature of which one octet is changed is not valid, by every method.",
    needs: ["verifySignature"],
    share: SHARE_OF_RSA,
    inputs: fc.record({
      input: fc.oneof(hmacInput, rsaInput),
      index: fc.nat({ max: 255 }),
      difference: fc.integer({ min: 1, max: 255 }),
    }),
    async check({ verifySignature }, { input, index, difference }) {
      const octets = Buffer.from(reference(input), "base64");
      const place = index % octets.length;
      octets[place] = (octets[place] ?? 0) ^ difference;
      const signature = octets.toString("base64");
      expectEqual(await verifySignature({ ...input, signature, publicKey: PUBLIC_KEY }), false);
    },
  }),
];
