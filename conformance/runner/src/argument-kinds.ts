import { type Implementation, levels, type Step } from "@oauth1/properties";
import {
  callback,
  count,
  filledText,
  flag,
  type Kind,
  listOf,
  oneOf,
  openRecord,
  optional,
  text,
} from "./check-options.js";

/** Every step. The type ensures that the list is complete. */
const steps: Readonly<Record<Step, Kind>> = {
  percentEncode: optional(callback),
  percentDecode: optional(callback),
  percentDecodeOctets: optional(callback),
  normalizePercentEncoding: optional(callback),
  baseStringUri: optional(callback),
  collectParameters: optional(callback),
  normalizeParameters: optional(callback),
  signatureBaseString: optional(callback),
  signature: optional(callback),
  verifySignature: optional(callback),
  bodyHash: optional(callback),
  serializeAuthorizationHeader: optional(callback),
  parseAuthorizationHeader: optional(callback),
  serializeChallenge: optional(callback),
  parseChallenge: optional(callback),
  sign: optional(callback),
  verify: optional(callback),
  diagnose: optional(callback),
};

const members: Readonly<Record<keyof Implementation, Kind>> = {
  name: text,
  version: text,
  language: text,
  signatureMethods: optional(listOf(text)),
  transmissions: optional(listOf(text)),
  ownNonce: optional(flag),
  ownTimestamp: optional(flag),
  ownVersion: optional(flag),
  exactHeaders: optional(flag),
  headerError: optional(callback),
  ...steps,
  close: optional(callback),
};

/**
 * An implementation. Instances of a class can have further members. An implementation in a
 * child process can lack every step, which its report shows.
 */
export const implementationKind: Kind = openRecord("an Implementation", members);

/** Names of topics. An empty list is rejected, because a run without tests could not fail. */
export const topicsKind: Kind = {
  mustBe: "a list of at least one topic",
  isValid: (value) => Array.isArray(value) && value.length > 0,
  items: text,
};

/** Names of levels, at least one of them. */
export const levelsKind: Kind = {
  mustBe: "a list of at least one level",
  isValid: (value) => Array.isArray(value) && value.length > 0,
  items: oneOf(...levels),
};

/** An implementation to run that may fail to start. */
export const candidateKind: Kind = openRecord("a Candidate", {
  name: filledText,
  manifest: optional(openRecord("a Manifest", { name: filledText })),
  expectations: optional(
    openRecord("Expectations", {
      version: text,
      deviations: listOf(openRecord("a Deviation", {})),
    }),
  ),
  cases: count,
  open: callback,
});
