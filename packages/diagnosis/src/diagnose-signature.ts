import { methodDescriptions } from "@oauth1/signature-methods/descriptions";
import type { MistakeName } from "./mistakes.js";
import { interpretationsOf } from "./proof.js";
import { requireSignatureArguments } from "./require-arguments.js";
import { type Proof, search } from "./search.js";
import type { Secrets } from "./secrets.js";
import { type Draft, RIGHT_ENCODING, RIGHT_ORDER } from "./signer/draft.js";
import { keyDeviations, rightKey } from "./signer/key.js";

/** A signature whose base string is known. */
export interface SignatureOfBaseString {
  /** The signature before it is encoded for its transmission. */
  readonly signature: string;
  readonly baseString: string;
  /** The name of the method, such as `HMAC-SHA1`. */
  readonly signatureMethod: string;
}

/**
 * Explains the signature of a base string: returns the mistakes in the key, the hash function
 * or the form of the signature that produce it.
 *
 * @param secrets - Decoded. The token secret is used if it is given, even if the base string
 * does not name a token.
 * @returns The lists of mistakes that produce the signature, best first. A single empty list if
 * the signature is right, and no list if no known mistake explains it.
 * @throws KeyError if the public key cannot be read.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` if a secret is not Unicode text.
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION` if an argument is missing, misspelled or of the wrong
 * type.
 * @see RFC 5849 §3.4.2
 *
 * @example
 * ```ts
 * // The base string "bs" signed with the key "cs" in place of "cs&", by openssl.
 * const signed = {
 *   signature: "ttFNETfSCewLdOLTbnZcAv7JpiA=",
 *   baseString: "bs",
 *   signatureMethod: "HMAC-SHA1",
 * };
 * diagnoseSignature(signed, { clientSharedSecret: "cs" }); // [["MissingAmpersandWithoutToken"]]
 * ```
 */
export function diagnoseSignature(
  signed: SignatureOfBaseString,
  secrets: Secrets,
): readonly (readonly MistakeName[])[] {
  requireSignatureArguments(signed, secrets);
  const { signature, baseString, signatureMethod } = signed;
  const method = methodDescriptions.find(({ name }) => name === signatureMethod);
  if (method === undefined) return [];
  const right: Draft = {
    ...NO_BASE_STRING,
    key: rightKey(secrets.clientSharedSecret ?? "", secrets.tokenSharedSecret ?? ""),
  };
  const deviations = { steps: method.keyType === "rsa" ? [] : [keyDeviations()] };
  for (const { mistakes, proof } of interpretationsOf(signature, method, secrets)) {
    // The base string is given, so the draft's own base string does not matter.
    const ofBaseString: Proof = {
      usesBaseString: false,
      usesKey: proof.usesKey,
      matches: (_, key) => proof.matches(baseString, key),
    };
    const { found } = search(right, deviations, ofBaseString, EFFORT);
    if (found.length > 0) {
      return found.map((one) => [...one.deviations.flatMap((form) => form.mistakes), ...mistakes]);
    }
  }
  return [];
}

/** Enough for every pair of mistakes in a key. */
const EFFORT = 1_000_000;

const NO_BASE_STRING: Omit<Draft, "key"> = {
  method: "",
  uri: { scheme: "", userinfo: "", host: "", port: "", path: "", suffix: "" },
  parameters: [],
  encoding: RIGHT_ENCODING,
  order: RIGHT_ORDER,
};
