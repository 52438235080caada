import type { Parameter } from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import type { Toleration } from "./toleration.js";

/** The parameters of a response body, and the deviations that were tolerated. */
export interface ReadParameters {
  readonly parameters: readonly Parameter[];
  readonly tolerated: readonly Toleration[];
}

/** The standard parameters of a response with credentials: RFC 5849 §2.1, §2.3, and the Session extension. */
export const STANDARD_NAMES: readonly string[] = [
  "oauth_token",
  "oauth_token_secret",
  "oauth_callback_confirmed",
  "oauth_session_handle",
  "oauth_expires_in",
  "oauth_authorization_expires_in",
];

/** Thrown for a body that cannot be read. The message never contains a value. */
export class UnreadableBody extends Error {
  /** The parameter that has two values, if that is the problem. */
  readonly parameter: string | undefined;

  constructor(message: string, parameter?: string) {
    super(message);
    this.parameter = parameter;
  }
}

/** Removes credentials from a text of the server, which can put them into names of its own. */
type Redact = (text: string) => string;

/**
 * Reads the form of a server's response (RFC 5849 §2.1, §2.3), and what servers send instead if it
 * can be read in only one way.
 *
 * @throws {@link UnreadableBody}
 */
export function readParameters(
  body: string,
  contentType: string | null,
  redact: Redact,
): ReadParameters {
  const tolerated: Toleration[] = [];
  let text = body;
  if (text.startsWith("\uFEFF")) {
    tolerated.push({ kind: "byte-order-mark" });
    text = text.slice(1);
  }
  const trimmed = text.trim();
  if (trimmed !== text) tolerated.push({ kind: "surrounding-white-space" });

  if (trimmed.startsWith("{")) {
    tolerated.push({ kind: "json" });
    return { parameters: readJson(trimmed, redact), tolerated };
  }
  if (trimmed.startsWith("<")) throw new UnreadableBody("is markup, not a form");
  if (!isFormContentType(contentType)) tolerated.push({ kind: "content-type" });
  return { parameters: readForm(trimmed, tolerated, redact), tolerated };
}

function readForm(form: string, tolerated: Toleration[], redact: Redact): Parameter[] {
  const isEscaped = /&amp;/.test(form) && !/&(?!amp;)/.test(form);
  if (isEscaped) tolerated.push({ kind: "html-escaped-separators" });
  const parameters: Parameter[] = [];
  const protocolParameters = new Map<string, string>();
  for (const piece of form.split(isEscaped ? "&amp;" : "&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=") >>> 0;
    const encodedName = piece.slice(0, equals);
    const encodedValue = piece.slice(equals + 1);
    const name = decode(encodedName);
    const isProtocolParameter = (name ?? encodedName).startsWith("oauth_");
    const value = decode(encodedValue);
    if (name === undefined || value === undefined) {
      if (isProtocolParameter) {
        const shown = asName(name ?? encodedName, redact);
        throw new UnreadableBody(`contains an invalid encoding of ${shown}`);
      }
      tolerated.push({ kind: "unreadable-parameter", parameter: asName(encodedName, redact) });
      continue;
    }
    if (/[^\w.~*%+!'()-]/.test(encodedValue)) {
      const parameter = isProtocolParameter ? { parameter: shownName(name, redact) } : {};
      tolerated.push({ kind: "unescaped-characters", ...parameter });
    }
    if (CREDENTIALS.includes(name) && encodedValue.includes("+")) {
      tolerated.push({ kind: "plus-read-as-space", parameter: name });
    }
    const before = protocolParameters.get(name);
    if (before === undefined) parameters.push([name, value]);
    // Protocol parameters appear once. The same value again does not change their meaning.
    else if (before === value) {
      tolerated.push({ kind: "repeated-parameter", parameter: shownName(name, redact) });
    } else throw repeated(name, redact);
    if (isProtocolParameter) protocolParameters.set(name, value);
  }
  return parameters;
}

const CREDENTIALS = ["oauth_token", "oauth_token_secret", "oauth_session_handle"];

/** Shows only what looks like a name, because any part of a malformed form can be a secret. */
function asName(encodedName: string, redact: Redact): string {
  return /^\w{1,64}$/.test(encodedName) ? shownName(encodedName, redact) : "a parameter";
}

function shownName(name: string, redact: Redact): string {
  return STANDARD_NAMES.includes(name) ? name : redact(name);
}

/** The decoded text, or `undefined` for text that is not percent-encoded UTF-8. */
function decode(encoded: string): string | undefined {
  try {
    return percentDecode(encoded.replaceAll("+", " "));
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    return undefined;
  }
}

function repeated(name: string, redact: Redact): UnreadableBody {
  const shown = asName(name, redact);
  return new UnreadableBody(`contains ${shown} twice`, shown);
}

function readJson(json: string, redact: Redact): Parameter[] {
  let members: unknown;
  try {
    members = JSON.parse(json);
  } catch {
    throw new UnreadableBody("begins like JSON but is not valid JSON");
  }
  // JSON.parse keeps the last member if a name appears twice, in any spelling.
  const names = new Set<string>();
  for (const name of topLevelNames(json)) {
    if (name.startsWith("oauth_") && names.has(name)) throw repeated(name, redact);
    names.add(name);
  }
  const parameters: Parameter[] = [];
  for (const [name, value] of Object.entries(members as object)) {
    if (["string", "number", "boolean"].includes(typeof value)) {
      parameters.push([name, String(value)]);
    }
  }
  return parameters;
}

/** Returns the member names of a well-formed JSON object, decoded and in order. */
function* topLevelNames(json: string): Iterable<string> {
  let depth = 0;
  let text = "";
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token !== ":") text = token;
    else if (depth === 1) yield JSON.parse(text);
  }
}
