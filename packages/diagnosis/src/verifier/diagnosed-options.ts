import {
  aFunction,
  aString,
  hasFunction,
  integerFrom,
  listOf,
  optional,
  type Rules,
  record,
  requireValue,
} from "@oauth1/options";
import type { Awaitable, CredentialStore, VerifiableRequest } from "@oauth1/verifier";
import { DiagnosisError } from "../diagnosis-error.js";
import type { DiagnosisOptions } from "../diagnosis-options.js";

/** Options of `explainRejected()`. */
export interface DiagnoseRejectedOptions extends Pick<DiagnosisOptions, "hosts" | "pathPrefixes"> {
  /** The credential store of the verifier. It is asked again where a request is diagnosed. */
  readonly credentials: Pick<CredentialStore, "find">;
  /**
   * Bounds the search of one diagnosis: about the number of characters that it writes and hashes.
   * Default: 2 million, which take about 20 milliseconds in which the process does nothing else.
   */
  readonly effort?: number | undefined;
}

/** Options of `diagnosed()`. */
export interface DiagnosedOptions extends DiagnoseRejectedOptions {
  /**
   * Returns `true` if whoever sends this request may learn why its signature is invalid. Everyone
   * can name the identifier of any client, so trust test clients only, or look at the request too:
   * at the address that it comes from, say.
   *
   * @param client - The identifier that the request claims, decoded. Its credentials are enabled.
   * @param request - What `verify` was called with.
   */
  isTrusted(client: string, request: VerifiableRequest): Awaitable<boolean>;
  /**
   * The maximum number of diagnoses in a minute, of all clients together. The rest get the ordinary
   * response. Default: 60.
   */
  readonly perMinute?: number | undefined;
}

/**
 * Rejects arguments that are missing, misspelled or of the wrong type.
 *
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION`
 */
export function requireDiagnosedArguments(verifier: unknown, options: unknown): void {
  requireValue("verifier", verifier, VERIFIER, failure);
  requireValue("options", options, OPTIONS, failure);
}

/**
 * The same for the arguments of `explainRejected()`.
 *
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION`
 */
export function requireExplainedArguments(
  received: unknown,
  client: unknown,
  options: unknown,
): void {
  requireValue("received", received, RECEIVED, failure);
  requireValue("client", client, aString, failure);
  requireValue("options", options, record(REJECTED_RULES), failure);
}

const failure = (parameter: string, problem: string) =>
  new DiagnosisError("ERR_DIAGNOSIS_OPTION", parameter, problem);

const VERIFIER = {
  mustBe: "the result of createVerifier()",
  isValid: (value: unknown) => hasFunction(value, "verify") && hasFunction(value, "receive"),
};

const RECEIVED = {
  mustBe: "the request that the verifier's receive() resolves to",
  isValid: (value: unknown) => {
    const { method, url } = (value ?? {}) as Partial<Record<string, unknown>>;
    return typeof method === "string" && typeof url === "string";
  },
};

const REJECTED_RULES: Rules = {
  credentials: {
    mustBe: "an object with a function find(client, token)",
    isValid: (value) => hasFunction(value, "find"),
  },
  hosts: optional(listOf(aString)),
  pathPrefixes: optional(listOf(aString)),
  effort: optional(integerFrom(0)),
};

const OPTIONS = record({
  ...REJECTED_RULES,
  isTrusted: aFunction,
  perMinute: optional(integerFrom(1)),
});
