import type { ProblemCode } from "@oauth1/auth-header";
import type { KnownMethodDescription } from "@oauth1/signature-methods/descriptions";
import type { Reading } from "./reading.js";

/** The name of a rule. */
export type RuleName =
  | "url"
  | "content-type"
  | "form"
  | "authorization-header"
  | "encoding"
  | "transmission"
  | "once"
  | "required-parameters"
  | "version"
  | "signature-method"
  | "secrecy"
  | "body-hash-place"
  | "timestamp"
  | "nonce"
  | "method"
  | "signature-encoding"
  | "signature"
  | "body-hash";

/** The result of one rule. Plain data. */
export interface Finding {
  readonly rule: RuleName;
  /** The section of RFC 5849 with the rule, or of another specification, which is named. */
  readonly section: string;
  /** What the section says. */
  readonly sentence: string;
  readonly holds: boolean;
  /**
   * One sentence that says what is wrong or that the request follows the rule. It never
   * contains a secret.
   */
  readonly text: string;
  /**
   * The problem that a server reports if the request breaks the rule: `request_rejected` if
   * OAuth Problem Reporting has no code for it.
   */
  readonly problem: ProblemCode | "request_rejected";
}

/** The data that rules use besides the request. */
export interface Circumstances {
  /** The request's signature method, if it is accepted. */
  readonly method: KnownMethodDescription | undefined;
  readonly acceptedMethods: readonly string[];
  /** Seconds since 1970, or `null` if the timestamp is not compared with a clock. */
  readonly now: number | null;
  /** Seconds. */
  readonly timestampTolerance: number;
  readonly isInsecureTransportAllowed: boolean;
}

/** A rule that a request follows or breaks. */
export interface Rule extends Pick<Finding, "rule" | "section" | "sentence" | "problem"> {
  /**
   * What is wrong, in one sentence; `HOLDS` if nothing is wrong, and `undefined` if the rule
   * does not apply to this request.
   */
  check(this: void, reading: Reading, circumstances: Circumstances): string | undefined;
}

/** Checks all rules, even if the request breaks some of them. */
export function checkRules(reading: Reading, circumstances: Circumstances): Finding[] {
  return rules.flatMap(({ check, ...rule }) => {
    const wrong = check(reading, circumstances);
    return wrong === undefined ? [] : [findingOf(rule, wrong)];
  });
}

/** The result of a rule. `wrong` is `HOLDS`, or says what is wrong. */
export function findingOf(rule: Omit<Rule, "check">, wrong: string): Finding {
  const holds = wrong === HOLDS;
  return { ...rule, holds, text: holds ? "The request follows this rule." : wrong };
}

/** The message of an error without the argument's name at its beginning. */
function reason({ message }: Error): string {
  return message.replace(/^\w+: /, "");
}

/** Nothing is wrong. */
export const HOLDS = "";

/** The rules that need no secret, in the order in which a server checks them. */
export const rules: readonly Rule[] = [
  rule(
    "url",
    "§3.4.1.2",
    'An "http" or "https" URI represents the request resource.',
    "request_rejected",
    ({ errors: { url } }) => (url === undefined ? HOLDS : `The URL is malformed: ${reason(url)}.`),
  ),
  rule(
    "content-type",
    "RFC 9110 §8.3",
    "Content-Type is one media type.",
    "request_rejected",
    ({ contentTypes, mediaType }) => {
      if (contentTypes.length === 0) return undefined;
      if (contentTypes.length > 1) return "The request has more than one Content-Type header.";
      return contentTypes[0] === "" || mediaType !== undefined
        ? HOLDS
        : "Content-Type must be one well-formed media type.";
    },
  ),
  rule(
    "form",
    "§3.4.1.3.1",
    "The parameters of a form body are signed.",
    "request_rejected",
    checkForm,
  ),
  rule(
    "authorization-header",
    "§3.5.1",
    'Parameters are in the form name="value", separated by commas.',
    "parameter_rejected",
    ({ fields, errors: { header } }) => {
      const { length } = fields("authorization");
      if (length === 0) return undefined;
      if (length > 1) return "The request has more than one Authorization header.";
      if (header === undefined) return HOLDS;
      return header.code === "ERR_DUPLICATE_PARAMETER"
        ? `The Authorization header has a parameter twice: ${reason(header)}.`
        : `The Authorization header is malformed: ${reason(header)}.`;
    },
  ),
  rule(
    "encoding",
    "§3.6",
    "Text is encoded as UTF-8, and its octets are escaped as %XX.",
    "parameter_rejected",
    ({ errors: { query, form, protocol } }) => {
      if (query !== undefined) return `The query is malformed: ${reason(query)}.`;
      if (form !== undefined) return `The form body is malformed: ${reason(form)}.`;
      return protocol === undefined ? HOLDS : "A protocol parameter is not UTF-8.";
    },
  ),
  rule(
    "transmission",
    "§3.5",
    "Clients send the protocol parameters by one of three methods.",
    "parameter_rejected",
    ({ protocol, errors }) => {
      const places = placesOf(protocol);
      if (places.length > 1) {
        return `Protocol parameters are in more than one place: ${places.join(" and ")}.`;
      }
      if (places.length === 1) return HOLDS;
      return errors.header === undefined ? undefined : "No protocol parameter can be read.";
    },
  ),
  rule(
    "once",
    "§3.1",
    "Each parameter MUST NOT appear more than once per request.",
    "parameter_rejected",
    ({ protocol }) => {
      const names = new Set<string>();
      const twice = new Set<string>();
      for (const [name] of protocol) (names.has(name) ? twice : names).add(name);
      if (twice.size > 0) return `The request has ${list([...twice])} more than once.`;
      return protocol.length === 0 ? undefined : HOLDS;
    },
  ),
  rule(
    "required-parameters",
    "§3.1",
    "The client assigns a value to each required parameter.",
    "parameter_absent",
    checkRequired,
  ),
  rule(
    "version",
    "§3.1",
    'If present, oauth_version MUST be set to "1.0".',
    "version_rejected",
    ({ value }) => {
      const version = value("oauth_version");
      if (version === undefined) return undefined;
      return version === "1.0" ? HOLDS : `oauth_version must be 1.0, and is ${shown(version)}.`;
    },
  ),
  rule(
    "signature-method",
    "§3.4",
    "The client declares which signature method it uses.",
    "signature_method_rejected",
    ({ value }, { method, acceptedMethods }) => {
      const name = value("oauth_signature_method");
      if (name === undefined) return undefined;
      return method !== undefined && acceptedMethods.includes(name)
        ? HOLDS
        : `The signature method ${shown(name)} must be one of ${acceptedMethods.join(", ")} (names are case-sensitive).`;
    },
  ),
  rule(
    "secrecy",
    "§3.4.4",
    "A method that reveals the secrets MUST be used with a mechanism such as TLS.",
    "signature_method_rejected",
    ({ url }, { method, isInsecureTransportAllowed }) => {
      if (method?.revealsSecrets !== true) return undefined;
      return isInsecureTransportAllowed || /^https:/i.test(url)
        ? HOLDS
        : "The request reveals the secrets over http: use https, or HMAC.";
    },
  ),
  rule(
    "body-hash-place",
    "Request Body Hash §4.1",
    "oauth_body_hash is sent neither with a form nor with a method that has no hash function.",
    "parameter_rejected",
    ({ value, isForm }, { method }) => {
      if (value("oauth_body_hash") === undefined) return undefined;
      if (isForm) return "oauth_body_hash must not be sent with a form.";
      return method !== undefined && method.hash === undefined
        ? `oauth_body_hash must not be sent with ${method.name}.`
        : HOLDS;
    },
  ),
  rule(
    "timestamp",
    "§3.3",
    "The timestamp is the number of seconds since 1970, a positive integer.",
    "timestamp_refused",
    checkTimestamp,
  ),
  rule(
    "nonce",
    "§3.3",
    "The nonce is a random string, unique for its timestamp, client and token.",
    "parameter_rejected",
    ({ value }) => {
      const nonce = value("oauth_nonce");
      if (nonce === undefined) return undefined;
      if (nonce === "") return "oauth_nonce must not be empty.";
      return nonce.length > LONGEST_NONCE
        ? `oauth_nonce has more characters than servers accept (${LONGEST_NONCE}).`
        : HOLDS;
    },
  ),
  rule(
    "method",
    "RFC 9110 §9.1",
    "The request method is a token.",
    "request_rejected",
    ({ method }) =>
      /^[!#-'*+.^`|~\w-]+$/.test(method) ? HOLDS : "The request method is malformed.",
  ),
];

function rule(
  name: RuleName,
  section: string,
  sentence: string,
  problem: Finding["problem"],
  check: Rule["check"],
): Rule {
  return { rule: name, section, sentence, problem, check };
}

/** That of `@oauth1/verifier`. */
const LONGEST_NONCE = 256;

const REQUIRED = [
  "oauth_consumer_key",
  "oauth_signature_method",
  "oauth_signature",
  "oauth_timestamp",
  "oauth_nonce",
];

function placesOf(protocol: Reading["protocol"]): string[] {
  // A header parameter with another name does not determine the place.
  const places = protocol.filter(([name]) => name.startsWith("oauth_")).map(([, , place]) => place);
  const words = { header: "Authorization header", query: "query", "form-body": "form body" };
  return [...new Set(places)].map((place) => words[place]);
}

function checkRequired(
  { value, protocol, bodyText, errors }: Reading,
  { method, acceptedMethods }: Circumstances,
): string | undefined {
  if (protocol.length === 0) {
    // The parameters of a malformed header are unknown.
    if (errors.header !== undefined) return undefined;
    return /(?:^|&)oauth_signature=/.test(bodyText)
      ? "The body looks like a signed form, and Content-Type is not application/x-www-form-urlencoded."
      : "The request is not signed: it has no protocol parameters.";
  }
  const name = value("oauth_signature_method");
  // It is unknown whether a method that is not accepted needs a nonce.
  const isAccepted = method !== undefined && acceptedMethods.includes(method.name);
  const mayOmit = name !== undefined && !(isAccepted && method.requiresNonce);
  const missing = REQUIRED.filter(
    (required, index) => value(required) === undefined && !(mayOmit && index >= 3),
  );
  return missing.length === 0 ? HOLDS : `The request has no ${list(missing)}.`;
}

function checkForm(reading: Reading): string | undefined {
  const { bodyText, isForm, mediaType, octetsOfBody } = reading;
  if (!isForm) return undefined;
  if (reading.fields("content-encoding").some((coding) => !/^(?:identity)?$/i.test(coding))) {
    return "A form must be sent without Content-Encoding.";
  }
  const charset = mediaType?.parameters.get("charset") ?? "utf-8";
  const isAscii = !/%[89a-f]/i.test(bodyText);
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset) && !(isAscii && OCTETS_OF_ASCII.test(charset))) {
    return "A form with characters outside ASCII must be sent as UTF-8.";
  }
  if (octetsOfBody[0] === 0xef && octetsOfBody[1] === 0xbb && octetsOfBody[2] === 0xbf) {
    return "A form must not begin with a byte order mark.";
  }
  return HOLDS;
}

/** Charsets in which ASCII has the same octets as in UTF-8. */
const OCTETS_OF_ASCII = /^(?:iso-8859-\d{1,2}|windows-125\d)$/i;

function checkTimestamp(
  { value }: Reading,
  { now, timestampTolerance }: Circumstances,
): string | undefined {
  const text = value("oauth_timestamp");
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(text)) {
    return `oauth_timestamp must be a positive integer, and is ${shown(text)}.`;
  }
  const seconds = Number(text);
  const skew = now === null ? 0 : seconds - now;
  if (now !== null && Math.abs(skew) <= timestampTolerance && text.length <= MOST_DIGITS) {
    return HOLDS;
  }
  // Independent of the clock: a request of the past has a small number too.
  if (seconds >= LATEST) {
    return `oauth_timestamp ${seconds < LATEST * 1000 ? "is in milliseconds" : "has too many digits"}: it must be in seconds.`;
  }
  if (skew === 0) return HOLDS;
  const [far, allowed] = durations([Math.abs(skew), timestampTolerance]);
  return `oauth_timestamp is ${far} ${skew < 0 ? "before" : "after"} the clock, and servers allow ${allowed}.`;
}

/** The largest integer that servers handle exactly. They reject more digits. */
const MOST_DIGITS = 15;

/** Seconds since 1970 of the year 5138. In milliseconds, this is 1973. */
const LATEST = 1e11;

/** Durations in words, in seconds if all would look the same. */
function durations(seconds: readonly number[]): string[] {
  const words = seconds.map(duration);
  return new Set(words).size > 1 ? words : seconds.map((second) => counted(second, "second"));
}

function duration(seconds: number): string {
  for (const [unit, size] of [
    ["year", 31_557_600],
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ] as const) {
    if (seconds >= 2 * size || (seconds >= size && seconds % size === 0)) {
      return counted(seconds / size, unit);
    }
  }
  return counted(seconds, "second");
}

function counted(amount: number, unit: string): string {
  const count = Math.round(amount);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Received text, short and without control characters. */
export function shown(text: string): string {
  const short = text.length > 64 ? `${text.slice(0, 64)}…` : text;
  return JSON.stringify(short);
}

function list(names: readonly string[]): string {
  return names
    .slice(0, 8)
    .map((name) => (/^[\w-]{1,64}$/.test(name) ? name : shown(name)))
    .join(", ");
}
