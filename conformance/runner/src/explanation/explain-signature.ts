import { diagnoseSignature, type Secrets } from "@oauth1/diagnosis";
import type { SignatureInput } from "@oauth1/properties";
import { publicKeyOf } from "@oauth1/properties/references";
import { causeOfMistake } from "./cause.js";
import type { Answers, Found } from "./found.js";

/** Explains a wrong signature of a given base string. */
export function explainSignature(input: SignatureInput, { received }: Answers): Found {
  if (typeof received !== "string") return { causes: [] };
  const { baseString, signatureMethod } = input;
  const signed = { signature: received, baseString, signatureMethod };
  const [alternative, ...others] = diagnoseSignature(signed, secretsOf(input));
  return alternative === undefined || alternative.length === 0
    ? { causes: [], note: "No known mistake explains this signature." }
    : { causes: [alternative, ...others].map((names) => names.map(causeOfMistake)) };
}

/** The part of the signer's secrets that a server would have. */
export function secretsOf({
  clientSharedSecret,
  tokenSharedSecret,
  privateKey,
}: Pick<SignatureInput, "clientSharedSecret" | "tokenSharedSecret" | "privateKey">): Secrets {
  return {
    clientSharedSecret,
    tokenSharedSecret,
    ...(privateKey === undefined ? {} : { publicKey: publicKeyOf(privateKey) }),
  };
}
