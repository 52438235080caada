import { parseAuthorizationHeader, parseChallenge } from "@oauth1/auth-header";
import {
  type Asked,
  type Awaitable,
  type HeaderContents,
  type Implementation,
  type Parameter,
  type ReceivedRequest,
  type SignOutput,
  stepOf,
  type Topic,
  type TopicInputs,
  type TopicResults,
  Unsupported,
  type VerificationInput,
} from "@oauth1/properties";
import { signedAsAsked } from "@oauth1/properties/signed-request";

/** The way in which the vectors of a topic are asked and compared. */
export interface TopicStep<T extends Topic> {
  /** The implementation's answer to an input. */
  ask(implementation: Implementation, input: TopicInputs[T]): Awaitable<unknown>;
  /** The values to compare, if they are not simply the answer and the expected answer. */
  compared?(
    received: unknown,
    expected: TopicResults[T],
    context: { readonly implementation: Implementation; readonly input: TopicInputs[T] },
  ): {
    readonly received: unknown;
    readonly expected: unknown;
    /** The right answer, if it depends on the received one. */
    readonly right?: unknown;
  };
  /** The question, for the explanation of a wrong answer. */
  asked?(input: TopicInputs[T], answer: unknown): Asked;
}

/** The step that each topic tests. */
export const topicSteps: { readonly [T in Topic]: TopicStep<T> } = {
  "percent-encoding": {
    ask: (implementation, input) => stepOf(implementation, "percentEncode")(toEncode(input)),
    asked: (input) => ({ step: "percentEncode", input: toEncode(input) }),
  },
  "percent-decoding": {
    async ask(implementation, input) {
      if (input.as === "text") return stepOf(implementation, "percentDecode")(input.encoded);
      const octets = await stepOf(implementation, "percentDecodeOctets")(input.encoded);
      return Buffer.from(octets).toString("base64");
    },
  },
  "percent-encoding-normalization": {
    ask: (implementation, { encoded, plus }) =>
      stepOf(implementation, "normalizePercentEncoding")(encoded, plus),
  },
  "base-string-uri": {
    ask: (implementation, { url }) => stepOf(implementation, "baseStringUri")(url),
    asked: ({ url }) => ({ step: "baseStringUri", url }),
  },
  "parameter-collection": {
    ask: (implementation, input) => stepOf(implementation, "collectParameters")(input),
    compared: (received, expected) => ({ received: sorted(received), expected: sorted(expected) }),
  },
  "parameter-normalization": {
    ask: (implementation, { parameters }) =>
      stepOf(implementation, "normalizeParameters")(parameters),
    asked: ({ parameters }) => ({ step: "normalizeParameters", parameters }),
  },
  "signature-base-string": {
    ask: (implementation, input) => stepOf(implementation, "signatureBaseString")(input),
    asked: (input) => ({ step: "signatureBaseString", input }),
  },
  "hmac-sha1": {
    ask: (implementation, input) =>
      stepOf(implementation, "signature")({ ...input, signatureMethod: "HMAC-SHA1" }),
    asked: (input) => ({ step: "signature", input: { ...input, signatureMethod: "HMAC-SHA1" } }),
  },
  "hmac-sha1-verification": {
    ask: (implementation, input) =>
      requireValid(implementation, { ...input, signatureMethod: "HMAC-SHA1" }),
  },
  signature: {
    ask: (implementation, input) => stepOf(implementation, "signature")(input),
    asked: (input) => ({ step: "signature", input }),
  },
  "signature-verification": {
    ask: requireValid,
  },
  "body-hash": {
    ask: (implementation, { body, hash }) =>
      stepOf(implementation, "bodyHash")({ body: Buffer.from(body, "base64"), hash }),
  },
  "authorization-header-serialization": {
    ask: (implementation, input) => stepOf(implementation, "serializeAuthorizationHeader")(input),
    compared: (received, expected, { implementation }) =>
      implementation.exactHeaders
        ? { received, expected }
        : comparedContents(received, expected, parseAuthorizationHeader),
  },
  "authorization-header-parsing": {
    ask: (implementation, input) => stepOf(implementation, "parseAuthorizationHeader")(input),
  },
  "challenge-serialization": {
    ask: (implementation, input) => stepOf(implementation, "serializeChallenge")(input),
    compared: (received, expected, { implementation }) =>
      implementation.exactHeaders
        ? { received, expected }
        : comparedContents(received, expected, parseChallenge),
  },
  "challenge-parsing": {
    ask: (implementation, input) => stepOf(implementation, "parseChallenge")(input),
  },
  sign: {
    ask: (implementation, input) => stepOf(implementation, "sign")(input),
    compared(received, expected, { implementation, input }) {
      const signed = signedAsAsked(received as SignOutput, expected, input, implementation);
      return { ...signed, right: { ...signed.expected, ...signed.right } };
    },
    asked: (input, output) => ({ step: "sign", input, output: output as SignOutput }),
  },
  "request-verification": {
    ask: requireVerified,
  },
};

function toEncode(input: TopicInputs["percent-encoding"]): string | Uint8Array {
  if ("octets" in input) return Buffer.from(input.octets, "base64");
  return "text" in input ? input.text : String.fromCharCode(...input.codeUnits);
}

/** A signature that does not verify counts as rejected, like one that cannot be parsed. */
async function requireValid(implementation: Implementation, input: VerificationInput) {
  const isValid = await stepOf(implementation, "verifySignature")(input);
  if (!isValid) throw new Error("the signature is not valid");
  return isValid;
}

/**
 * A request that does not verify counts as rejected, whether the implementation answers or
 * throws.
 */
async function requireVerified(implementation: Implementation, request: ReceivedRequest) {
  const { signatureMethods: known } = implementation;
  const unknown = request.signatureMethods?.find((method) => known?.includes(method) === false);
  if (unknown !== undefined) throw new Unsupported(`no signature method ${unknown}`);
  const { valid, problem } = await stepOf(implementation, "verify")(request);
  if (!valid) throw new Error(problem ?? "the request is not valid");
  return valid;
}

/** Parameters in an order that depends only on the multiset. */
function sorted(parameters: unknown): unknown {
  return Array.isArray(parameters)
    ? parameters.map((pair) => JSON.stringify(pair)).sort()
    : parameters;
}

type Parse = (header: string) => { realm: string | undefined; parameters: Parameter[] };

/**
 * The contents of two headers, independent of their spelling. A header that cannot be parsed is
 * compared as text.
 */
function comparedContents(received: unknown, expected: string, parse: Parse) {
  const read = (header: unknown): HeaderContents | unknown => {
    try {
      return typeof header === "string" ? parse(header) : header;
    } catch {
      return header;
    }
  };
  return { received: read(received), expected: read(expected) };
}
