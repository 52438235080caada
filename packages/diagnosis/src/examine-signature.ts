import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import type { KnownMethodDescription } from "@oauth1/signature-methods/descriptions";
import { causeOf } from "./cause.js";
import { compareBaseStrings } from "./compare-base-strings.js";
import type { Cause, Claim, SearchExtent } from "./diagnosis.js";
import type { DiagnosisOptions } from "./diagnosis-options.js";
import type { MistakeName } from "./mistakes.js";
import { type Interpretation, interpretationsOf, textProof } from "./proof.js";
import type { Reading } from "./reading.js";
import { type Found, search } from "./search.js";
import type { Secrets } from "./secrets.js";
import type { Situation } from "./signer/deviation.js";
import { baseStringDeviations, deviationsOf } from "./signer/deviations.js";
import {
  type Draft,
  type Key,
  keyText,
  maskedKey,
  RIGHT_ENCODING,
  RIGHT_ORDER,
} from "./signer/draft.js";
import { keyDeviations, rightKey } from "./signer/key.js";
import { uriParts } from "./signer/uri.js";

/** The result of examining a signature. */
export interface ExaminedSignature {
  readonly isRight: boolean;
  /** In one sentence. */
  readonly text: string;
  /** The right key, without its secrets. */
  readonly maskedKey: string | undefined;
  readonly causes: readonly Cause[];
  readonly search: SearchExtent | undefined;
  readonly claim: Claim | undefined;
}

/** A signature, and the data to examine it with. */
export interface SignatureToExamine {
  readonly reading: Reading;
  readonly method: KnownMethodDescription;
  readonly signature: string;
  /** The right base string. */
  readonly baseString: string;
  readonly secrets: Secrets;
  readonly options: DiagnosisOptions;
}

/** Checks a signature, and searches for an explanation if it is wrong. */
export function examineSignature(input: SignatureToExamine): ExaminedSignature {
  const { reading, method, secrets, baseString } = input;
  const missing = neededSecrets(reading, method).filter((name) => secrets[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => `secrets.${name}`).join(" and ");
    return {
      isRight: false,
      text: `The signature is not checked: pass ${names}.`,
      maskedKey: undefined,
      causes: [],
      search: undefined,
      claim: undefined,
    };
  }
  const right = rightDraft(input);
  const shared = {
    maskedKey: method.keyType === "rsa" ? undefined : maskedKey(right.key),
    claim: undefined,
    causes: [],
    search: undefined,
  };
  const interpretations = interpretationsOf(input.signature, method, secrets);
  const key = keyText(right.key);
  const isRight = interpretations.some(
    ({ mistakes, proof }) => mistakes.length === 0 && proof.matches(baseString, key),
  );
  const situation = situationOf(input);
  const claimed =
    method.hash === undefined ? undefined : signedClaim(input, right, interpretations);
  if (isRight) {
    const text = "The signature is that of the request.";
    return { ...shared, isRight, text, claim: claimed?.claim };
  }
  if (interpretations.length === 0) {
    return { ...shared, isRight, text: explanationOf(input, right, []), claim: claimed?.claim };
  }
  const searched =
    claimed !== undefined && claimed.causes.length > 0
      ? { causes: claimed.causes, search: undefined }
      : searchCauses(input, right, situation, interpretations);
  return {
    ...shared,
    ...searched,
    isRight,
    text: explanationOf(input, right, interpretations),
    claim: claimed?.claim,
  };
}

/** The keys with which a signature is checked (RFC 5849 §3.4.2, §3.4.3). */
export function neededSecrets(
  { value }: Reading,
  { keyType }: KnownMethodDescription,
): (keyof Secrets)[] {
  if (keyType === "rsa") return ["publicKey"];
  // Every token has a secret. If it is unknown, a signature without it must not appear valid.
  return value("oauth_token")
    ? ["clientSharedSecret", "tokenSharedSecret"]
    : ["clientSharedSecret"];
}

const MOST_CANDIDATES = 16;
/** Less than a tenth of a second on one core. */
const DEFAULT_EFFORT = 10_000_000;

function rightDraft({ reading, secrets }: Pick<SignatureToExamine, "reading" | "secrets">): Draft {
  return {
    method: reading.method.toUpperCase(),
    uri: uriParts(reading.baseStringUri ?? ""),
    parameters: reading.parameters,
    encoding: RIGHT_ENCODING,
    order: RIGHT_ORDER,
    // RFC 5849 §3.4.2: without a token, the request is signed without a token secret.
    key: rightKey(
      secrets.clientSharedSecret ?? "",
      reading.value("oauth_token") ? (secrets.tokenSharedSecret ?? "") : "",
    ),
  };
}

function searchCauses(
  { method, baseString, options }: SignatureToExamine,
  right: Draft,
  situation: Situation,
  interpretations: readonly Interpretation[],
): Pick<ExaminedSignature, "causes" | "search"> {
  const effort = options.effort ?? DEFAULT_EFFORT;
  const deviations =
    method.keyType === "rsa"
      ? baseStringDeviations(situation)
      : method.hash === undefined
        ? { steps: [keyDeviations()] }
        : deviationsOf(situation);
  let tried = 0;
  let isComplete = true;
  for (const { mistakes, proof } of interpretations) {
    const result = search(right, deviations, proof, effort / interpretations.length);
    tried += result.tried;
    isComplete &&= result.isComplete;
    if (result.found.length === 0) continue;
    const causes = result.found.map((found) =>
      causeOf({
        mistakes: [...namesOf(found), ...mistakes],
        baseString: proof.usesBaseString ? found.baseString : baseString,
        right: baseString,
        key: proof.usesKey ? found.draft.key : undefined,
      }),
    );
    return { causes, search: { tried, isComplete } };
  }
  return { causes: [], search: { tried, isComplete } };
}

function namesOf({ deviations }: Pick<Found, "deviations">): MistakeName[] {
  return deviations.flatMap(({ mistakes }) => mistakes);
}

/** Why a signature is wrong, as far as the signature alone shows. */
function explanationOf(
  { method, baseString, secrets }: SignatureToExamine,
  right: Draft,
  interpretations: readonly Interpretation[],
): string {
  if (interpretations.length === 0) {
    return method.keyType === "rsa"
      ? "The private key of this public key did not make the signature."
      : `The signature is not the base64 of a digest of ${method.hash}.`;
  }
  const token = secrets.tokenSharedSecret ?? "";
  const withToken = keyText(rightKey(secrets.clientSharedSecret ?? "", token));
  if (
    withToken !== keyText(right.key) &&
    interpretations.some(({ proof }) => proof.usesKey && proof.matches(baseString, withToken))
  ) {
    return "The signature is made with the token secret, and the request has no oauth_token.";
  }
  return "The signature is not that of the request.";
}

/** A claimed base string, and the causes that it proves if it was signed. */
function signedClaim(
  input: SignatureToExamine,
  right: Draft,
  interpretations: readonly Interpretation[],
): { claim: Claim; causes: readonly Cause[] } | undefined {
  const { baseString, options, method } = input;
  const claimed = options.baseString;
  if (claimed === undefined) return undefined;
  const claim = examineClaim(input, claimed);
  const signing = signingOf(claimed, right, interpretations);
  if (signing === undefined) return { claim, causes: [] };
  const causes = claim.mistakes.map((names) =>
    causeOf({
      mistakes: [...names, ...signing.mistakes],
      baseString: claimed,
      right: baseString,
      key: method.keyType === "rsa" ? undefined : signing.key,
    }),
  );
  return { claim: { ...claim, isSigned: true }, causes };
}

/** The result for the base string that the client claims, whatever it signed. */
export function examineClaim(
  input: Pick<SignatureToExamine, "reading" | "secrets" | "options" | "baseString">,
  claimed: string,
): Claim {
  const { baseString, options } = input;
  const found = equalInConstantTime(claimed, baseString)
    ? []
    : search(
        rightDraft(input),
        baseStringDeviations(situationOf(input)),
        textProof(claimed),
        options.effort ?? DEFAULT_EFFORT,
      ).found;
  return {
    isSigned: false,
    comparison: compareBaseStrings(baseString, claimed),
    mistakes: found.map(namesOf),
  };
}

function situationOf({
  reading,
  options,
}: Pick<SignatureToExamine, "reading" | "options">): Situation {
  return {
    reading,
    hosts: (options.hosts ?? []).slice(0, MOST_CANDIDATES),
    pathPrefixes: (options.pathPrefixes ?? []).slice(0, MOST_CANDIDATES),
  };
}

/**
 * The key, right or wrong in one way, with which the received signature is that of the base
 * string.
 */
function signingOf(
  baseString: string,
  right: Draft,
  interpretations: readonly Interpretation[],
): { key: Key; mistakes: readonly MistakeName[] } | undefined {
  const keys: { key: Key; mistakes: readonly MistakeName[] }[] = [{ key: right.key, mistakes: [] }];
  for (const { change, mistakes } of keyDeviations()) {
    const draft = change(right);
    if (draft !== undefined) keys.push({ key: draft.key, mistakes });
  }
  for (const { proof, mistakes } of interpretations) {
    for (const { key, mistakes: mistakesInKey } of keys) {
      if (proof.matches(baseString, keyText(key))) {
        return { key, mistakes: [...mistakesInKey, ...mistakes] };
      }
    }
  }
  return undefined;
}
