import type { Parameter } from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import type { Toleration } from "./toleration.js";

/** The parameters of an answer's body, and what was tolerated in it. */
export interface ReadParameters {
  readonly parameters: readonly Parameter[];
  readonly tolerated: readonly Toleration[];
}

/** Why a body cannot be read. The message holds no value of it. */
export class UnreadableBody extends Error {
  /** The parameter that is there with two values, where that is it. */
  readonly parameter: string | undefined;

  constructor(message: string, parameter?: string) {
    super(message);
    this.parameter = parameter;
  }
}

/**
 * Reads the form that a server answers with (RFC 5849 §2.1, §2.3), and what servers send in its
 * place as long as there is one way only to read it.
 *
 * @throws {@link UnreadableBody}
 */
export function readParameters(body: string, contentType: string | null): ReadParameters {
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
    return { parameters: readJson(trimmed), tolerated };
  }
  if (trimmed.startsWith("<")) throw new UnreadableBody("is markup and no form");
  if (!isFormContentType(contentType)) tolerated.push({ kind: "content-type" });
  return { parameters: readForm(trimmed, tolerated), tolerated };
}

function readForm(form: string, tolerated: Toleration[]): Parameter[] {
  const isEscaped = /&amp;/.test(form) && !/&(?!amp;)/.test(form);
  if (isEscaped) tolerated.push({ kind: "html-escaped-separators" });
  const parameters: Parameter[] = [];
  for (const piece of form.split(isEscaped ? "&amp;" : "&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=") >>> 0;
    const encodedName = piece.slice(0, equals);
    const encodedValue = piece.slice(equals + 1);
    const isProtocolParameter = encodedName.startsWith("oauth_");
    try {
      const name = decode(encodedName);
      const value = decode(encodedValue);
      const parameter = isProtocolParameter ? { parameter: name } : {};
      if (/[^\w.~*%+!'()-]/.test(encodedValue)) {
        tolerated.push({ kind: "unescaped-characters", ...parameter });
      }
      if (CREDENTIALS.includes(name) && encodedValue.includes("+")) {
        tolerated.push({ kind: "plus-read-as-space", parameter: name });
      }
      addOnce(parameters, [name, value], tolerated);
    } catch (error) {
      if (!(error instanceof PercentEncodingError)) throw error;
      if (isProtocolParameter) {
        throw new UnreadableBody(`has ${asName(encodedName)} in a broken encoding (${error.code})`);
      }
      tolerated.push({ kind: "unreadable-parameter", parameter: asName(encodedName) });
    }
  }
  return parameters;
}

const CREDENTIALS = ["oauth_token", "oauth_token_secret", "oauth_session_handle"];

/** Only what looks like a name is shown: of a broken form any piece may be a secret. */
function asName(encodedName: string): string {
  return /^\w{1,64}$/.test(encodedName) ? encodedName : "a parameter";
}

function decode(encoded: string): string {
  return percentDecode(encoded.replaceAll("+", " "));
}

/** Protocol parameters are there once; the same value again does not change what they say. */
function addOnce(parameters: Parameter[], added: Parameter, tolerated: Toleration[]): void {
  const [name, value] = added;
  const before = name.startsWith("oauth_") && parameters.find(([other]) => other === name);
  if (!before) parameters.push(added);
  else if (before[1] === value) tolerated.push({ kind: "repeated-parameter", parameter: name });
  else throw repeated(name);
}

function repeated(name: string): UnreadableBody {
  return new UnreadableBody(`has ${asName(name)} twice`, asName(name));
}

function readJson(json: string): Parameter[] {
  let members: unknown;
  try {
    members = JSON.parse(json);
  } catch {
    throw new UnreadableBody("begins as JSON and is none");
  }
  // Of a name that is there twice, however it is spelled, JSON.parse keeps the last.
  const names = new Set<string>();
  for (const name of topLevelNames(json)) {
    if (name.startsWith("oauth_") && names.has(name)) throw repeated(name);
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

/** The names of the members of a well-formed JSON object, decoded, in their order. */
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
