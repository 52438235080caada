import { BaseStringError } from "@oauth1/base-string";
import { buildBaseString } from "@oauth1/base-string/steps";
import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import {
  type KnownMethodDescription,
  methodDescriptions,
} from "@oauth1/signature-methods/descriptions";
import { hashFunctions } from "@oauth1/signature-methods/hash-functions";
import type { ReceivedRequest } from "@oauth1/verifier";
import { answer } from "./answer.js";
import type { Diagnosis } from "./diagnosis.js";
import type { DiagnosisOptions } from "./diagnosis-options.js";
import { examineClaim, examineSignature, neededSecrets } from "./examine-signature.js";
import { type Reading, readRequest } from "./reading.js";
import { requireArguments } from "./require-arguments.js";
import { checkRules, type Finding, findingOf, HOLDS, type Rule, type RuleName } from "./rules.js";
import type { Secrets } from "./secrets.js";
import { unescapeSignature } from "./signature-form.js";

/**
 * Explains a signed request: which rules it follows and which it breaks, and which mistakes of
 * the signer produce its signature.
 *
 * A cause is never a guess. The search models a signer in which every step has a right form and
 * known wrong forms, and names the forms that produce the received signature.
 *
 * @param request - The request as the server received it.
 * @param secrets - The secrets that the server has, decoded. The token secret is used if the
 * request has a token.
 * @param options - Additional information, such as the clock and the accepted methods.
 * @throws KeyError if the public key cannot be read.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` if a secret is not Unicode text.
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION` if an argument is missing, misspelled or of the wrong
 * type.
 * @see RFC 5849 §3.2
 *
 * @example
 * ```ts
 * // The request of RFC 5849 §3.1, with the signature that the section prints (erratum 2550).
 * const request = {
 *   method: "POST",
 *   url: "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
 *   headers: {
 *     "Content-Type": "application/x-www-form-urlencoded",
 *     Authorization:
 *       'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", ' +
 *       'oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", ' +
 *       'oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", ' +
 *       'oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"',
 *   },
 *   body: "c2&a3=2+q",
 * };
 * const secrets = { clientSharedSecret: "j49sk3j29djd", tokenSharedSecret: "dh893hdasih9" };
 * const { valid, causes } = diagnose(request, secrets, { now: 137131201 });
 * valid; // false
 * causes[0]?.mistakes; // ["MethodOverridden"]
 * causes[0]?.comparison.differences[0]?.text; // 'The method is "GET", and must be "POST".'
 * ```
 */
export function diagnose(
  request: ReceivedRequest,
  secrets: Secrets,
  options: DiagnosisOptions = {},
): Diagnosis {
  requireArguments(request, secrets, options);
  const reading = readRequest(request);
  const { value } = reading;
  const methodName = value("oauth_signature_method");
  const method = methodDescriptions.find(({ name }) => name === methodName?.toUpperCase());
  const findings = checkRules(reading, {
    method: method?.name === methodName ? method : undefined,
    acceptedMethods: options.signatureMethods ?? methodDescriptions.map(({ name }) => name),
    now: options.now === undefined ? Math.floor(Date.now() / 1000) : options.now,
    timestampTolerance: options.timestampTolerance ?? 300,
    isInsecureTransportAllowed: options.allowInsecureTransport === true,
  });

  const baseString = baseStringOf(reading);
  const signature = value("oauth_signature");
  const examined =
    method === undefined || signature === undefined || baseString === undefined
      ? undefined
      : examineSignature({ reading, method, signature, baseString, secrets, options });
  if (signature !== undefined) {
    const text =
      examined?.text ??
      `The signature is not checked: the ${baseString === undefined ? "request has no base string" : "signature method is not known"}.`;
    const isRight = examined?.isRight === true;
    if (!isRight) findings.push(...encodingFinding(signature, method));
    findings.push(findingOf(SIGNATURE_RULE, isRight ? HOLDS : text));
  }
  findings.push(...bodyHashFinding(reading, method));

  const valid = findings.every(({ holds }) => holds);
  const causes = examined?.causes ?? [];
  return {
    valid,
    summary: answer({ findings, causes, examined }),
    findings,
    protocolParameters: reading.protocol
      .filter(([name]) => name !== "oauth_signature")
      .map(([name, text]) => [name, text] as const),
    baseString,
    neededSecrets: method === undefined ? [] : neededSecrets(reading, method),
    maskedKey: examined?.maskedKey,
    causes,
    search: examined?.search,
    claim:
      examined?.claim ??
      (baseString === undefined || options.baseString === undefined
        ? undefined
        : examineClaim({ reading, secrets, options, baseString }, options.baseString)),
  };
}

/** The right base string of a request that could be read completely. */
function baseStringOf({ method, baseStringUri, parameters, errors }: Reading): string | undefined {
  if (baseStringUri === undefined || Object.keys(errors).length > 0) return undefined;
  try {
    return buildBaseString(
      method,
      { baseStringUri, query: "", queryIndex: 0 },
      parameters.map(({ name, value }) => ({ encodedName: name, encodedValue: value })),
    );
  } catch (error) {
    if (error instanceof BaseStringError) return undefined;
    throw error;
  }
}

const SIGNATURE_RULE = signatureRule(
  "signature",
  "§3.2",
  "The server recalculates the signature and compares it with the one received.",
);
const ENCODING_RULE = signatureRule(
  "signature-encoding",
  "§3.6",
  "The value of oauth_signature is encoded once when it is sent.",
);
const BODY_HASH_RULE = signatureRule(
  "body-hash",
  "Request Body Hash §3.2",
  "oauth_body_hash is the base64 of the hash of the body.",
);

function signatureRule(name: RuleName, section: string, sentence: string): Omit<Rule, "check"> {
  return { rule: name, section, sentence, problem: "signature_invalid" };
}

/** Mistakes that are visible in a wrong signature itself. */
function encodingFinding(signature: string, method: KnownMethodDescription | undefined): Finding[] {
  const { mistakes } = unescapeSignature(signature);
  const wrong =
    signature === ""
      ? "The signature is empty."
      : mistakes.includes("SignatureNotEncoded")
        ? 'The signature has a space: its "+" was sent without encoding.'
        : mistakes.includes("SignatureEncodedTwice") && method?.revealsSecrets !== true
          ? "The signature is still encoded after decoding: it was encoded twice."
          : HOLDS;
  return wrong === HOLDS ? [] : [findingOf(ENCODING_RULE, wrong)];
}

/** Request Body Hash, draft 3, §4.1: checked after the signature, which covers the parameter. */
function bodyHashFinding(
  { value, octetsOfBody, isForm }: Reading,
  method: KnownMethodDescription | undefined,
): Finding[] {
  const received = value("oauth_body_hash");
  if (received === undefined || isForm || method?.hash === undefined) return [];
  const isRight = equalInConstantTime(hashFunctions[method.hash].digest(octetsOfBody), received);
  return [findingOf(BODY_HASH_RULE, isRight ? HOLDS : "oauth_body_hash is not that of the body.")];
}
