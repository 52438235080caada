import {
  aBoolean,
  anObject,
  aString,
  integerFrom,
  listOf,
  openRecord,
  optional,
  record,
  requireValue,
} from "@oauth1/options";
import { DiagnosisError } from "./diagnosis-error.js";

/**
 * Rejects arguments that are missing, misspelled or of the wrong type.
 *
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION`, which names the member and never shows its value.
 */
export function requireArguments(request: unknown, secrets: unknown, options: unknown): void {
  requireValue("request", request, REQUEST, failure);
  requireValue("secrets", secrets, SECRETS, failure);
  requireValue("options", options, OPTIONS, failure);
}

/**
 * The same for a signature whose base string is known.
 *
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION`, which names the member and never shows its value.
 */
export function requireSignatureArguments(signed: unknown, secrets: unknown): void {
  requireValue("signed", signed, SIGNED, failure);
  requireValue("secrets", secrets, SECRETS, failure);
}

const failure = (parameter: string, problem: string) =>
  new DiagnosisError("ERR_DIAGNOSIS_OPTION", parameter, problem);

/** Open, so that you can pass a request that another package captured unchanged. */
const REQUEST = openRecord("a request", {
  method: aString,
  url: aString,
  headers: optional(anObject),
  body: optional({
    mustBe: "a string, a Uint8Array or null",
    isValid: (value) => value === null || typeof value === "string" || value instanceof Uint8Array,
  }),
});

const SIGNED = record({ signature: aString, baseString: aString, signatureMethod: aString });

const SECRETS = record({
  clientSharedSecret: optional(aString),
  tokenSharedSecret: optional(aString),
  publicKey: optional({
    mustBe: "a public key: PEM, a JSON Web Key or a KeyObject",
    isValid: (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  }),
});

const OPTIONS = record({
  baseString: optional(aString),
  hosts: optional(listOf(aString)),
  pathPrefixes: optional(listOf(aString)),
  signatureMethods: optional(listOf(aString)),
  now: optional({
    mustBe: "a number of seconds, or null",
    isValid: (value) => value === null || Number.isFinite(value),
  }),
  timestampTolerance: optional(integerFrom(0)),
  allowInsecureTransport: optional(aBoolean),
  effort: optional(integerFrom(0)),
});
