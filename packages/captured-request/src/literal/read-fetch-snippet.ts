import type { CapturedRequest } from "../captured-request.js";
import type { PlacedHeader } from "../header-field.js";
import { Fault, reading } from "../reading.js";
import { bodyOf } from "../source-text.js";
import { headersOf, isNothing, membersOf, methodOf, textOf } from "./members.js";
import { type Literal, parseLiteral, skipSpaceFrom } from "./parse-literal.js";

/**
 * Reads a call of `fetch`, as browsers copy it with "Copy as fetch" and "Copy as fetch (Node.js)".
 * Its arguments must be literals, because the reader does not run code.
 *
 * @param text - JavaScript whose only call of `fetch` is the request.
 * @throws {@link CapturedRequestError} with line and column.
 *
 * @example
 * ```ts
 * readFetchSnippet('fetch("https://example.com/a b", { "method": "DELETE" });').url;
 * // "https://example.com/a%20b"
 * ```
 */
export function readFetchSnippet(text: string | Uint8Array): CapturedRequest {
  return reading(text, fetchRequest);
}

/** Returns true if a text begins with a call of `fetch`. */
export function isFetchSnippet(text: string): boolean {
  return BEFORE_CALL.test(text);
}

/** A statement begins with the call, or with an assignment of its promise. */
const BEFORE_CALL =
  /^\s*(?:(?:const|let|var)\s+[\w$]+\s*=\s*)?(?:(?:await|return|void)\s+)?(?:(?:window|globalThis|self)\.)?fetch\s*\(/;

export function fetchRequest(text: string): CapturedRequest {
  const call = BEFORE_CALL.exec(text);
  if (call === null) {
    throw new Fault("ERR_CAPTURED_LITERAL", "the text must begin with a call of fetch", 0);
  }
  const url = parseLiteral(text, call[0].length);
  const init = text[url.end] === "," ? readInit(text, url.end + 1) : { end: url.end };
  if (text[init.end] !== ")") {
    throw new Fault("ERR_CAPTURED_LITERAL", "a closing parenthesis is missing here", init.end);
  }
  const other = text.slice(init.end).search(/\bfetch\s*\(/);
  if (other >= 0) {
    const reason = "the text calls fetch several times: keep one of the calls";
    throw new Fault("ERR_SEVERAL_REQUESTS", reason, init.end + other);
  }
  return requestOf(url.literal, init.literal);
}

/** The second argument, and an optional comma after it. */
function readInit(text: string, start: number): { literal?: Literal; end: number } {
  const first = skipSpaceFrom(text, start);
  if (text[first] === ")") return { end: first };
  const { literal, end } = parseLiteral(text, first);
  return { literal, end: text[end] === "," ? skipSpaceFrom(text, end + 1) : end };
}

function requestOf(url: Literal, init: Literal | undefined): CapturedRequest {
  const members = isNothing(init) ? new Map<string, Literal>() : membersOf(init, "the options");
  const headers = headersOf(members.get("headers"), "headers");
  const method = methodMember(members.get("method"));
  const body = members.get("body");
  const text = isNothing(body) ? undefined : textOf(body, "body");
  if (body !== undefined && text !== undefined && /^(?:GET|HEAD)$/.test(method)) {
    throw new Fault(
      "ERR_CAPTURED_BODY",
      `fetch sends no body with ${method}: remove one of them`,
      body.index,
    );
  }
  const fields = combined(headers);
  // Fetch §5.2, "extract a body": the type of a string.
  if (text !== undefined && !fields.has("content-type")) {
    fields.set("content-type", ["Content-Type", "text/plain;charset=UTF-8"]);
  }
  return { method, url: fetchedUrl(url), headers: [...fields.values()], body: bodyOf(text ?? "") };
}

/** Fetch §2.2.2, "combine": headers with the same name are joined. */
function combined(headers: readonly PlacedHeader[]): Map<string, [name: string, value: string]> {
  const fields = new Map<string, [name: string, value: string]>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const before = fields.get(key)?.[1];
    fields.set(key, [name, before === undefined ? value : `${before}, ${value}`]);
  }
  return fields;
}

/** Fetch §2.2.1, "normalize": six methods are sent in upper case. */
function methodMember(method: Literal | undefined): string {
  if (method === undefined || method.value === undefined) return "GET";
  const text = methodOf(method, "method");
  return /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(text) ? text.toUpperCase() : text;
}

/** The URL in the spelling that `fetch` sends. */
function fetchedUrl(literal: Literal): string {
  const text = textOf(literal, "the URL");
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Fault(
      "ERR_CAPTURED_URL",
      "the URL must be an absolute http or https URL",
      literal.index,
    );
  }
  if (!/^https?:/.test(url.protocol)) {
    throw new Fault(
      "ERR_CAPTURED_URL",
      "the URL must be an absolute http or https URL",
      literal.index,
    );
  }
  if (url.username !== "" || url.password !== "") {
    const reason = "fetch rejects a URL with a user name or password: remove them";
    throw new Fault("ERR_CAPTURED_URL", reason, literal.index);
  }
  return `${url.origin}${url.pathname}${url.search}`;
}
