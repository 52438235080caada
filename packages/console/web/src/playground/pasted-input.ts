import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import type { RequestText } from "../request/read-request.js";
import type { PlaygroundInput } from "./explain-signature.js";
import type { PastedSignature } from "./pasted-signature.js";

/**
 * The fields after a request was pasted. A signed request sets all of them. Secrets stay only for
 * the identifier that they were entered for.
 */
export function signedInput({ fields }: PastedSignature, before: PlaygroundInput): PlaygroundInput {
  const isSameClient = fields.clientIdentifier === before.clientIdentifier;
  const isSameToken = isSameClient && fields.tokenIdentifier === before.tokenIdentifier;
  return {
    ...fields,
    clientSharedSecret: isSameClient ? before.clientSharedSecret : "",
    privateKey: isSameClient ? before.privateKey : "",
    tokenSharedSecret: isSameToken ? before.tokenSharedSecret : "",
  };
}

/** The fields after an unsigned request was pasted, without any value of the example. */
export function unsignedInput(
  request: RequestText,
  before: PlaygroundInput,
  example: PlaygroundInput,
): PlaygroundInput {
  const isExample = EXAMPLE_FIELDS.every((name) => before[name] === example[name]);
  return isExample ? { ...freshInput(), request } : { ...before, request, further: [] };
}

/** If these are the example's, the user has not entered credentials. */
const EXAMPLE_FIELDS = [
  "clientIdentifier",
  "clientSharedSecret",
  "tokenIdentifier",
  "tokenSharedSecret",
  "realm",
] as const;

function freshInput(): Omit<PlaygroundInput, "request"> {
  return {
    clientIdentifier: "",
    clientSharedSecret: "",
    privateKey: "",
    tokenIdentifier: "",
    tokenSharedSecret: "",
    signatureMethod: hmacSha1.name,
    transmission: "header",
    realm: "",
    ...freshNonceAndTimestamp(),
    hasVersion: false,
    further: [],
  };
}

/** A fresh nonce and timestamp. */
export function freshNonceAndTimestamp(): Pick<PlaygroundInput, "nonce" | "timestamp"> {
  return { timestamp: String(Math.floor(Date.now() / 1000)), nonce: crypto.randomUUID() };
}
