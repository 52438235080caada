import type {
  BaseStringInput,
  CollectionRequest,
  HeaderContents,
  Parameter,
  ReceivedRequest,
  SignatureInput,
  SignInput,
  VerificationInput,
} from "./implementation.js";

/**
 * What a failure means: a violation of RFC 5849 (`required`), invalid input that was tolerated
 * (`robustness`), or another reading of what the RFC leaves open (`interoperability`).
 */
export type Level = (typeof levels)[number];

/** All levels, the strictest first. */
export const levels = ["required", "robustness", "interoperability"] as const;

/** The input of each topic. */
export interface TopicInputs {
  "percent-encoding":
    | { readonly text: string }
    | { readonly octets: string }
    | { readonly codeUnits: readonly number[] };
  "percent-decoding": { readonly encoded: string; readonly as: "text" | "octets" };
  "percent-encoding-normalization": {
    readonly encoded: string;
    readonly plus: "space" | "literal";
  };
  "base-string-uri": { readonly url: string };
  "parameter-collection": CollectionRequest;
  "parameter-normalization": { readonly parameters: readonly Parameter[] };
  "signature-base-string": BaseStringInput;
  "hmac-sha1": Omit<SignatureInput, "signatureMethod">;
  "hmac-sha1-verification": Omit<VerificationInput, "signatureMethod">;
  signature: SignatureInput;
  "signature-verification": VerificationInput;
  "body-hash": { readonly body: string; readonly hash: string };
  "authorization-header-serialization": HeaderContents;
  "authorization-header-parsing": { readonly header: string; readonly unquoted: boolean };
  "challenge-serialization": HeaderContents;
  "challenge-parsing": { readonly header: string };
  sign: SignInput;
  "request-verification": ReceivedRequest;
}

/** The expected output of each topic. */
export interface TopicResults {
  "percent-encoding": string;
  /** The text, or base64 of the octets. */
  "percent-decoding": string;
  "percent-encoding-normalization": string;
  "base-string-uri": string;
  "parameter-collection": readonly Parameter[];
  "parameter-normalization": string;
  "signature-base-string": string;
  "hmac-sha1": string;
  "hmac-sha1-verification": true;
  signature: string;
  "signature-verification": true;
  "body-hash": string;
  "authorization-header-serialization": string;
  "authorization-header-parsing": HeaderContents;
  "challenge-serialization": string;
  "challenge-parsing": HeaderContents;
  sign: { readonly baseString: string; readonly signature: string };
  "request-verification": true;
}

/** A topic of vectors and properties. */
export type Topic = keyof TopicInputs;

/** The topics, in the order of the steps. */
export const topics: readonly Topic[] = [
  "percent-encoding",
  "percent-decoding",
  "percent-encoding-normalization",
  "base-string-uri",
  "parameter-collection",
  "parameter-normalization",
  "signature-base-string",
  "hmac-sha1",
  "hmac-sha1-verification",
  "signature",
  "signature-verification",
  "body-hash",
  "authorization-header-serialization",
  "authorization-header-parsing",
  "challenge-serialization",
  "challenge-parsing",
  "sign",
  "request-verification",
];

/**
 * The topics of these names.
 *
 * @throws RangeError if one of them is not a topic.
 */
export function chosenTopics(names: readonly string[] | undefined): readonly Topic[] {
  if (names === undefined) return topics;
  const unknown = names.find((name) => !topics.some((topic) => topic === name));
  if (unknown !== undefined) {
    throw new RangeError(`unknown topic "${unknown}"; topics are ${topics.join(", ")}`);
  }
  return topics.filter((topic) => names.includes(topic));
}
