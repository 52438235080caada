import { type CapturedRequest, readCapturedRequest } from "@oauth1/captured-request";
import { type Diagnosis, type DiagnosisOptions, diagnose, type Secrets } from "@oauth1/diagnosis";
import { KeyError } from "@oauth1/signature-methods";
import { type InspectorInput, NO_INPUT, type Scheme } from "./inspector-input.js";

/** The explanation of a request, as the page shows it. */
export interface Inspection {
  readonly diagnosis: Diagnosis;
  /** The result for the signature itself; `undefined` for a request without one. */
  readonly isSignatureRight: boolean | undefined;
  /** The missing secrets, without which the signature cannot be checked. */
  readonly missingSecrets: readonly (keyof Secrets)[];
  /** Why the public key cannot be read. Such a key counts as missing. */
  readonly keyProblem: string | undefined;
  /** The scheme, if the text does not contain it. */
  readonly scheme: ChosenScheme | undefined;
  /** The broken rules, apart from that of the signature itself. */
  readonly broken: Diagnosis["findings"];
  /**
   * The broken rule that depends only on the clock: the timestamp is acceptable at another
   * time.
   */
  readonly late: Diagnosis["findings"][number] | undefined;
  /** The base string that the client claims to have signed. */
  readonly claimedBaseString: string | undefined;
}

/** The scheme that a text leaves open. */
export interface ChosenScheme {
  readonly name: Scheme;
  /** `chosen` by the user, or the only one that the `signature` fits; `assumed` otherwise. */
  readonly by: "person" | "signature" | "assumption";
}

/**
 * Explains a copied request, with at most two bounded searches.
 *
 * @throws CapturedRequestError if the text is not a request.
 */
export function explainRequest(input: InspectorInput): Inspection {
  const { chosen, other } = readSchemes(input);
  const first = inspect(chosen, input);
  if (other === undefined) {
    const scheme = input.scheme !== undefined && leavesSchemeOpen(input.text);
    return { ...first, scheme: scheme ? { name: schemeOf(chosen), by: "person" } : undefined };
  }
  const second = inspect(other, input);
  const isOther = mistakesIn(second) < mistakesIn(first);
  const isProven = (mistakesIn(first) === 0) !== (mistakesIn(second) === 0);
  return {
    ...(isOther ? second : first),
    scheme: {
      name: schemeOf(isOther ? other : chosen),
      by: isProven ? "signature" : "assumption",
    },
  };
}

/**
 * The request, and the same request with the other scheme if its text does not contain the
 * scheme.
 */
function readSchemes({ text, scheme }: InspectorInput): {
  chosen: CapturedRequest;
  other: CapturedRequest | undefined;
} {
  const chosen = readCapturedRequest(text, { scheme });
  if (scheme !== undefined) return { chosen, other: undefined };
  const other = readCapturedRequest(text, {
    scheme: schemeOf(chosen) === "http" ? "https" : "http",
  });
  return { chosen, other: other.url === chosen.url ? undefined : other };
}

function leavesSchemeOpen(text: string): boolean {
  return readSchemes({ ...NO_INPUT, text }).other !== undefined;
}

function schemeOf({ url }: CapturedRequest): Scheme {
  return /^https:/i.test(url) ? "https" : "http";
}

function inspect(
  { method, url, headers, body }: CapturedRequest,
  input: InspectorInput,
): Omit<Inspection, "scheme"> {
  const request = { method, url, headers, body };
  const baseString = input.baseString.trim() || undefined;
  const options: DiagnosisOptions = {
    hosts: listOf(input.hosts),
    pathPrefixes: listOf(input.pathPrefixes),
    baseString,
  };
  const { diagnosis, secrets, keyProblem } = diagnoseWith(secretsOf(input), (known) =>
    diagnose(request, known, options),
  );
  const broken = diagnosis.findings.filter(({ holds, rule }) => !holds && rule !== "signature");
  // Without a clock, and without a search.
  const timeless =
    broken.length === 0
      ? []
      : diagnose(request, secrets, { ...options, effort: 0, now: null }).findings;
  return {
    diagnosis,
    isSignatureRight: diagnosis.findings.find(({ rule }) => rule === "signature")?.holds,
    missingSecrets: diagnosis.neededSecrets.filter((name) => secrets[name] === undefined),
    keyProblem,
    broken,
    late: broken.find(({ rule }) => timeless.some((other) => other.rule === rule && other.holds)),
    claimedBaseString: baseString,
  };
}

/** A diagnosis with the secrets that can be read. */
function diagnoseWith(secrets: Secrets, attempt: (secrets: Secrets) => Diagnosis) {
  try {
    return { diagnosis: attempt(secrets), secrets, keyProblem: undefined };
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    const known = { ...secrets, publicKey: undefined };
    return { diagnosis: attempt(known), secrets: known, keyProblem: error.message };
  }
}

function secretsOf(input: InspectorInput): Secrets {
  const sharedSecret = (entered: string) =>
    entered === "" && !input.hasEmptySecret ? undefined : entered;
  return {
    clientSharedSecret: sharedSecret(input.clientSharedSecret),
    tokenSharedSecret: sharedSecret(input.tokenSharedSecret),
    publicKey: input.publicKey.trim() || undefined,
  };
}

function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== "");
}

/** The number of mistakes that explain a signature: none for a right one. */
function mistakesIn({ diagnosis, isSignatureRight }: Omit<Inspection, "scheme">): number {
  return isSignatureRight ? 0 : (diagnosis.causes[0]?.mistakes.length ?? Number.POSITIVE_INFINITY);
}
