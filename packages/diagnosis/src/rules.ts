import type { KnownMethodDescription } from "@oauth1/signature-methods/descriptions";
import type { Reading } from "./reading.js";

/**
 * The codes of the OAuth Problem Reporting extension that a server answers with, and
 * `request_rejected` for a request that the extension has no code for.
 */
export type ProblemCode =
  | "parameter_absent"
  | "parameter_rejected"
  | "version_rejected"
  | "signature_method_rejected"
  | "timestamp_refused"
  | "signature_invalid"
  | "request_rejected";

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

/** What came of one rule. Plain data. */
export interface Finding {
  readonly rule: RuleName;
  /** The section that has the rule: of RFC 5849, or of another specification that is named. */
  readonly section: string;
  /** What the section says. */
  readonly sentence: string;
  readonly holds: boolean;
  /** What was found, in one sentence. It never contains a secret. */
  readonly text: string;
  /** The problem that a server reports, where the rule does not hold. */
  readonly problem: ProblemCode;
}

/** What rules know besides the request. */
export interface Circumstances {
  /** The request's signature method, where it is accepted. */
  readonly method: KnownMethodDescription | undefined;
  readonly acceptedMethods: readonly string[];
  /** Seconds since 1970, or `null` where the timestamp is not compared with a clock. */
  readonly now: number | null;
  /** Seconds. */
  readonly timestampTolerance: number;
  readonly isInsecureTransportAllowed: boolean;
}

/** A rule that a request follows or breaks. */
export interface Rule extends Pick<Finding, "rule" | "section" | "sentence" | "problem"> {
  /** What was found, or `undefined` where the rule says nothing about this request. */
  check(this: void, reading: Reading, circumstances: Circumstances): Verdict | undefined;
}

/** Whether a rule holds, and what was found. */
export interface Verdict {
  readonly holds: boolean;
  readonly text: string;
}

/** Checks the rules one by one: each is tried, whatever came of the others. */
export function checkRules(reading: Reading, circumstances: Circumstances): Finding[] {
  return rules.flatMap(({ check, ...rule }) => {
    const verdict = check(reading, circumstances);
    return verdict === undefined ? [] : [{ ...rule, ...verdict }];
  });
}

const holds = (text: string): Verdict => ({ holds: true, text });
const fails = (text: string): Verdict => ({ holds: false, text });

/** The rules that need no secret, in the order in which a server checks them. */
export const rules: readonly Rule[] = [
  {
    rule: "url",
    section: "§3.4.1.2",
    sentence: 'An "http" or "https" URI represents the request resource.',
    problem: "request_rejected",
    check: ({ errors: { url } }) =>
      url === undefined
        ? holds("The URL is well-formed.")
        : fails(`The URL is malformed: ${url.message}.`),
  },
  {
    rule: "content-type",
    section: "RFC 9110 §8.3",
    sentence: "Content-Type is one media type.",
    problem: "request_rejected",
    check({ contentTypes, mediaType }) {
      if (contentTypes.length === 0) return undefined;
      if (contentTypes.length > 1)
        return fails("The request has more than one Content-Type header.");
      return contentTypes[0] === "" || mediaType !== undefined
        ? holds("Content-Type is well-formed.")
        : fails("Content-Type must be one well-formed media type.");
    },
  },
  {
    rule: "form",
    section: "§3.4.1.3.1",
    sentence:
      'The entity-body is signed where its Content-Type is "application/x-www-form-urlencoded".',
    problem: "request_rejected",
    check: checkForm,
  },
  {
    rule: "authorization-header",
    section: "§3.5.1",
    sentence: 'Parameters are in the form name="value", separated by a comma.',
    problem: "parameter_rejected",
    check(reading) {
      const fields = reading.fields("authorization");
      if (fields.length === 0) return undefined;
      if (fields.length > 1) return fails("The request has more than one Authorization header.");
      const { header } = reading.errors;
      if (header === undefined) return holds("The Authorization header is well-formed.");
      return fails(
        header.code === "ERR_DUPLICATE_PARAMETER"
          ? `The Authorization header has a parameter twice: ${header.message}.`
          : `The Authorization header is malformed: ${header.message}.`,
      );
    },
  },
  {
    rule: "encoding",
    section: "§3.6",
    sentence: "Text values are encoded as UTF-8 octets and escaped as %XX.",
    problem: "parameter_rejected",
    check({ errors: { query, form, protocol } }) {
      if (query !== undefined) return fails(`The query is malformed: ${query.message}.`);
      if (form !== undefined) return fails(`The form body is malformed: ${form.message}.`);
      if (protocol === undefined) return holds("Query and form are well-formed.");
      return fails(`A protocol parameter is malformed: ${protocol.message}.`);
    },
  },
  {
    rule: "transmission",
    section: "§3.5",
    sentence: "Clients send the protocol parameters by one of three methods.",
    problem: "parameter_rejected",
    check({ protocol, errors }) {
      const places = placesOf(protocol);
      if (places.length > 1) {
        return fails(`Protocol parameters are in more than one place: ${places.join(" and ")}.`);
      }
      if (places.length === 1) return holds(`The protocol parameters are in the ${places[0]}.`);
      return errors.header === undefined ? undefined : fails("No protocol parameter can be read.");
    },
  },
  {
    rule: "once",
    section: "§3.1",
    sentence: "Each parameter MUST NOT appear more than once per request.",
    problem: "parameter_rejected",
    check({ protocol }) {
      const names = new Set<string>();
      const twice = new Set<string>();
      for (const [name] of protocol) (names.has(name) ? twice : names).add(name);
      if (twice.size > 0) return fails(`The request has ${list([...twice])} more than once.`);
      return protocol.length === 0 ? undefined : holds("No protocol parameter occurs twice.");
    },
  },
  {
    rule: "required-parameters",
    section: "§3.1",
    sentence: "The client assigns a value to each of the required parameters.",
    problem: "parameter_absent",
    check({ value, protocol, bodyText }, { method, acceptedMethods }) {
      if (protocol.length === 0) {
        return fails(
          /(?:^|&)oauth_signature=/.test(bodyText)
            ? "The body looks like a signed form, and Content-Type is not application/x-www-form-urlencoded."
            : "The request is not signed: it has no protocol parameters.",
        );
      }
      const name = value("oauth_signature_method");
      // Of a method that is not accepted, nobody knows whether it needs a nonce.
      const isAccepted = method !== undefined && acceptedMethods.includes(method.name);
      const mayOmit = name !== undefined && !(isAccepted && method.requiresNonce);
      const missing = REQUIRED.filter(
        (required, index) => value(required) === undefined && !(mayOmit && index >= 3),
      );
      return missing.length === 0
        ? holds("All required parameters are present.")
        : fails(`The request has no ${list(missing)}.`);
    },
  },
  {
    rule: "version",
    section: "§3.1",
    sentence: 'If present, oauth_version MUST be set to "1.0".',
    problem: "version_rejected",
    check({ value }) {
      const version = value("oauth_version");
      if (version === undefined) return undefined;
      return version === "1.0"
        ? holds("oauth_version is 1.0.")
        : fails(`oauth_version must be 1.0, and is ${shown(version)}.`);
    },
  },
  {
    rule: "signature-method",
    section: "§3.4",
    sentence: "The client declares which signature method it uses.",
    problem: "signature_method_rejected",
    check({ value }, { method, acceptedMethods }) {
      const name = value("oauth_signature_method");
      if (name === undefined) return undefined;
      if (method !== undefined && acceptedMethods.includes(name))
        return holds(`The signature method is ${name}.`);
      return fails(
        `The signature method ${shown(name)} must be one of ${acceptedMethods.join(", ")} (names are case-sensitive).`,
      );
    },
  },
  {
    rule: "secrecy",
    section: "§3.4.4",
    sentence: "PLAINTEXT MUST be used with a transport-layer mechanism such as TLS.",
    problem: "signature_method_rejected",
    check({ url }, { method, isInsecureTransportAllowed }) {
      if (method?.revealsSecrets !== true) return undefined;
      return isInsecureTransportAllowed || /^https:/i.test(url)
        ? holds("The secrets are sent over https.")
        : fails("The request shows the secrets over http: use https, or HMAC.");
    },
  },
  {
    rule: "body-hash-place",
    section: "Request Body Hash §4.1",
    sentence: "oauth_body_hash MUST NOT be sent with a form, nor with PLAINTEXT.",
    problem: "parameter_rejected",
    check({ value, isForm }, { method }) {
      if (value("oauth_body_hash") === undefined) return undefined;
      if (isForm) return fails("oauth_body_hash must not be sent with a form.");
      return method !== undefined && method.hash === undefined
        ? fails(`oauth_body_hash must not be sent with ${method.name}.`)
        : holds("oauth_body_hash is sent with a body that is not a form.");
    },
  },
  {
    rule: "timestamp",
    section: "§3.3",
    sentence: "The timestamp is the number of seconds since 1970, a positive integer.",
    problem: "timestamp_refused",
    check: checkTimestamp,
  },
  {
    rule: "nonce",
    section: "§3.3",
    sentence: "The nonce is a random string, unique for its timestamp, client and token.",
    problem: "parameter_rejected",
    check({ value }) {
      const nonce = value("oauth_nonce");
      if (nonce === undefined) return undefined;
      if (nonce === "") return fails("oauth_nonce must not be empty.");
      return nonce.length > 256
        ? fails("oauth_nonce has more characters than servers accept (256).")
        : holds("oauth_nonce is present.");
    },
  },
  {
    rule: "method",
    section: "RFC 9110 §9.1",
    sentence: "The request method is a token.",
    problem: "request_rejected",
    check: ({ method }) =>
      /^[!#-'*+.^`|~\w-]+$/.test(method)
        ? holds(`The request method is ${method}.`)
        : fails("The request method is malformed."),
  },
];

const REQUIRED = [
  "oauth_consumer_key",
  "oauth_signature_method",
  "oauth_signature",
  "oauth_timestamp",
  "oauth_nonce",
];

function placesOf(protocol: Reading["protocol"]): string[] {
  // A parameter of another name in the header says nothing about the place.
  const places = protocol.filter(([name]) => name.startsWith("oauth_")).map(([, , place]) => place);
  const words = { header: "Authorization header", query: "query", "form-body": "form body" };
  return [...new Set(places)].map((place) => words[place]);
}

function checkForm(reading: Reading): Verdict | undefined {
  const { bodyText, isForm, mediaType, octetsOfBody } = reading;
  if (!isForm) return undefined;
  if (reading.fields("content-encoding").some((coding) => !/^(?:identity)?$/i.test(coding))) {
    return fails("A form must be sent without Content-Encoding.");
  }
  const charset = mediaType?.parameters.get("charset") ?? "utf-8";
  const isAscii = !/%[89a-f]/i.test(bodyText);
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset) && !(isAscii && OCTETS_OF_ASCII.test(charset))) {
    return fails("A form with characters outside ASCII must be sent as UTF-8.");
  }
  if (octetsOfBody[0] === 0xef && octetsOfBody[1] === 0xbb && octetsOfBody[2] === 0xbf) {
    return fails("A form must not begin with a byte order mark.");
  }
  return holds("The body is a form: its parameters are signed.");
}

/** Charsets in which ASCII is what it is in UTF-8. */
const OCTETS_OF_ASCII = /^(?:iso-8859-\d{1,2}|windows-125\d)$/i;

function checkTimestamp(
  { value }: Reading,
  { now, timestampTolerance }: Circumstances,
): Verdict | undefined {
  const text = value("oauth_timestamp");
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    return fails(`oauth_timestamp must be a positive integer, and is ${shown(text)}.`);
  }
  if (now === null) return holds("oauth_timestamp is a positive integer.");
  const skew = Number(text) - now;
  if (Math.abs(skew) <= timestampTolerance) return holds("oauth_timestamp is close to the clock.");
  return fails(
    Math.abs(Number(text) / 1000 - now) <= timestampTolerance
      ? "oauth_timestamp is in milliseconds: it must be in seconds."
      : `oauth_timestamp is ${duration(Math.abs(skew))} ${skew < 0 ? "before" : "after"} the clock, and servers allow ${duration(timestampTolerance)}.`,
  );
}

function duration(seconds: number): string {
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ] as const) {
    if (seconds >= 2 * size || (seconds >= size && seconds % size === 0)) {
      const count = Math.round(seconds / size);
      return `${count} ${unit}${count === 1 ? "" : "s"}`;
    }
  }
  return `${Math.round(seconds)} seconds`;
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
