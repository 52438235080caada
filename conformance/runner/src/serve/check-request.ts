import { createPublicKey, verify } from "node:crypto";
import { BaseStringError, signatureBaseString } from "@oauth1/base-string";
import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { signatureOf } from "@oauth1/properties/references";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import { explained } from "../explain.js";
import { sectionName, sentenceOf } from "../specification.js";
import { ownParameters, readForm, readHeader } from "./received-parameters.js";

/** Who is to sign. These are test secrets: what is made with them is shown. */
export interface TestCredentials {
  readonly client: {
    readonly identifier: string;
    readonly sharedSecret: string;
    /** PEM, for RSA. */
    readonly privateKey?: string | undefined;
  };
  readonly token: { readonly identifier: string; readonly sharedSecret: string };
}

/** A request as it arrived. */
export interface ArrivedRequest {
  readonly method: string;
  /** Scheme, Host and the request-target as they were received. */
  readonly url: string;
  readonly authorization: readonly string[];
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** What came of one rule. */
export interface Finding {
  readonly rule: string;
  /** Of RFC 5849, in full. */
  readonly section: string;
  /** What the section says. */
  readonly sentence: string;
  readonly holds: boolean;
  /** What was found. */
  readonly text: string;
}

/** What came of a request. Plain JSON data. */
export interface CheckedRequest {
  readonly method: string;
  readonly url: string;
  readonly right: boolean;
  /** By RFC 5849 §3.2: 400 for a malformed request, 401 for one that is not authenticated. */
  readonly status: 200 | 400 | 401;
  readonly findings: readonly Finding[];
  /** The right signature base string, and the one that the received signature is of, if known. */
  readonly baseStrings?: { readonly expected: string; readonly received?: string };
}

/** Seconds by which a timestamp may differ from the clock. */
const TOLERANCE = 300;

const ALWAYS_REQUIRED = ["oauth_consumer_key", "oauth_signature_method", "oauth_signature"];
const REQUIRED = [
  "oauth_consumer_key",
  "oauth_signature_method",
  "oauth_timestamp",
  "oauth_nonce",
  "oauth_signature",
];

/**
 * Checks one request, rule by rule: every rule is tried, whatever came of the others.
 *
 * @param spent - Nonces of before; the request's own is added.
 * @param now - Seconds since 1970.
 */
export function checkRequest(
  request: ArrivedRequest,
  { client, token }: TestCredentials,
  spent: Set<string>,
  now: number,
): CheckedRequest {
  const findings: Finding[] = [];
  const note = (rule: string, section: string, holds: boolean, text: string) =>
    findings.push({
      rule,
      section: sectionName(section),
      sentence: sentenceOf(section) ?? "",
      holds,
      text,
    });

  const header = request.authorization.map(readHeader).find((read) => read !== undefined);
  const [beforeQuery = "", query = ""] = splitQuery(request.url);
  const inQuery = readForm(query, "query");
  const form = isFormContentType(request.contentType) ? formText(request.body) : undefined;
  const inForm = form === undefined ? [] : readForm(form, "form-body");
  const all = [...(header?.parameters ?? []), ...inForm, ...inQuery].filter(
    ({ name, place }) => place === "header" || name.startsWith("oauth_"),
  );

  const places = [...new Set(all.map(({ place }) => place))];
  note(
    "transmission",
    "§3.5",
    places.length === 1 && request.authorization.length < 2,
    places.length === 0 ? "the request carries no protocol parameters" : places.join(" and "),
  );
  if (header !== undefined) {
    const text = header.faults.join("; ") || "well-formed";
    note("header", "§3.5.1", header.faults.length === 0, text);
  }

  const value = (name: string) => all.find((parameter) => parameter.name === name)?.value;
  const methodName = value("oauth_signature_method");
  const method = findSignatureMethod(methodName ?? "");
  const requiresNonce = method?.requiresNonce !== false;
  const required = requiresNonce ? REQUIRED : ALWAYS_REQUIRED;
  const missing = required.filter((name) => value(name) === undefined);
  note(
    "parameters",
    "§3.1",
    missing.length === 0,
    missing.length === 0 ? "all are there" : `missing: ${missing.join(", ")}`,
  );
  const twice = all.filter(
    ({ name }, index) => all.findIndex((other) => other.name === name) !== index,
  );
  note(
    "once",
    "§3.1",
    twice.length === 0,
    twice.map(({ name }) => `${name} is there more than once`).join("; ") || "each is there once",
  );
  const version = value("oauth_version");
  if (version !== undefined) {
    note("version", "§3.2", version === "1.0", `oauth_version is ${JSON.stringify(version)}`);
  }
  note("signature method", "§3.4", method !== undefined, methodName ?? "missing");
  // Up to here it is a malformed or unsupported request, from here an unauthenticated one (§3.2).
  const malformed = findings.some(({ holds }) => !holds);
  noteTimestamp(note, value("oauth_timestamp"), now, requiresNonce);
  const identifier = value("oauth_consumer_key");
  note(
    "client",
    "§3.2",
    identifier === client.identifier,
    identifier === client.identifier ? identifier : `not the client ${client.identifier}`,
  );
  const tokenIdentifier = value("oauth_token") || undefined;
  const knowsToken = tokenIdentifier === undefined || tokenIdentifier === token.identifier;
  note("token", "§3.2", knowsToken, tokenIdentifier ?? "none");

  let baseStrings: CheckedRequest["baseStrings"];
  const signature = value("oauth_signature");
  if (signature !== undefined && method !== undefined) {
    const signing = {
      signatureMethod: method.name,
      clientSharedSecret: client.sharedSecret,
      tokenSharedSecret: tokenIdentifier === undefined ? "" : token.sharedSecret,
      privateKey: client.privateKey,
    };
    try {
      const protocol = (header?.parameters ?? []).map(({ name, value: text }): [string, string] => [
        name,
        text,
      ]);
      const expected = signatureBaseString({ ...request, body: form }, protocol);
      const right = signatureOf(expected, method.name, signing);
      const isRight =
        right === undefined
          ? false
          : method.keyType === "rsa" && client.privateKey !== undefined
            ? verify(
                (method.hash ?? "").replace("-", "").toLowerCase(),
                Buffer.from(expected),
                createPublicKey(client.privateKey),
                Buffer.from(signature, "base64"),
              )
            : signature === right;
      const { explanation } = isRight
        ? {}
        : explained({
            topic: "sign",
            section: "§3.4.1",
            expected: { baseString: expected, signature: right },
            received: { signature },
            request: {
              // HTTP's method is in upper case: what a signer makes of it may not be.
              method: request.method.toLowerCase(),
              url: withoutProtocol(beforeQuery, query),
              form: form === undefined ? null : ownParameters(inForm),
              realm: header?.realm ?? null,
            },
            signing,
          });
      const text = isRight
        ? "that of the request"
        : right === undefined
          ? "there is no RSA key here to check it with"
          : `not that of the request; right is ${right}. ${explanation?.text ?? ""}`.trim();
      note("signature", "§3.4", isRight, text);
      const received = explanation?.baseStrings?.received;
      baseStrings = { expected, ...(received === undefined ? {} : { received }) };
    } catch (error) {
      if (!(error instanceof BaseStringError || error instanceof PercentEncodingError)) throw error;
      note(
        "signature",
        "§3.4.1",
        false,
        `the signature base string cannot be built: ${error.message}`,
      );
    }
  }
  const nonce = value("oauth_nonce");
  if (nonce !== undefined) {
    const key = JSON.stringify([identifier, tokenIdentifier, value("oauth_timestamp"), nonce]);
    const isFresh = nonce !== "" && !spent.has(key);
    // Only what is authentic is spent: nobody spends the nonces of others.
    if (findings.every(({ holds }) => holds)) spent.add(key);
    note("nonce", "§3.3", isFresh, nonce === "" ? "empty" : isFresh ? "fresh" : "used before");
  }

  const right = findings.every(({ holds }) => holds);
  return {
    method: request.method,
    url: request.url,
    right,
    status: right ? 200 : malformed && places.length > 0 ? 400 : 401,
    findings,
    ...(baseStrings === undefined ? {} : { baseStrings }),
  };
}

function noteTimestamp(
  note: (rule: string, section: string, holds: boolean, text: string) => unknown,
  text: string | undefined,
  now: number,
  isRequired: boolean,
): void {
  if (text === undefined) {
    if (isRequired) note("timestamp", "§3.3", false, "missing");
    return;
  }
  if (!/^[1-9]\d*$/.test(text)) {
    note("timestamp", "§3.3", false, `${JSON.stringify(text)} is not a positive integer`);
    return;
  }
  const skew = Number(text) - now;
  const isMilliseconds = Math.abs(Number(text) / 1000 - now) <= TOLERANCE;
  note(
    "timestamp",
    "§3.3",
    Math.abs(skew) <= TOLERANCE,
    isMilliseconds
      ? "in milliseconds: it is in seconds"
      : `${Math.abs(skew)} seconds ${skew < 0 ? "before" : "after"} this clock`,
  );
}

function splitQuery(url: string): [string, string] {
  const mark = url.indexOf("?");
  return mark < 0 ? [url, ""] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** The URL as the signer was given it, before it added protocol parameters to the query. */
function withoutProtocol(beforeQuery: string, query: string): string {
  const pieces = query.split("&").filter((piece) => !piece.startsWith("oauth_"));
  return query === "" || pieces.length === 0 ? beforeQuery : `${beforeQuery}?${pieces.join("&")}`;
}
