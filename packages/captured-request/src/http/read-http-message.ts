import type { CapturedRequest, CapturedRequestOptions } from "../captured-request.js";
import { Fault, reading } from "../reading.js";
import { type PlacedHeader, urlOfTarget } from "../request-url.js";
import { messageBody } from "./message-body.js";
import { type Line, messageHead, traceIndex } from "./message-head.js";

/**
 * Reads an HTTP/1.1 request (RFC 9112 §2.1): a request line, headers, an empty line and a body.
 * Lines end with CRLF or LF, headers may be folded (§5.2), and the whole may be indented, as in the
 * text of an RFC. The lines that `curl --verbose` prints with `>` are read too.
 *
 * @param text - The message, as text or as octets.
 * @throws {@link CapturedRequestError} with line and column.
 *
 * @example
 * ```ts
 * readHttpMessage("GET /photos?size=original HTTP/1.1\nHost: photos.example.net").url;
 * // "https://photos.example.net/photos?size=original"
 * ```
 */
export function readHttpMessage(
  text: string | Uint8Array,
  options: Pick<CapturedRequestOptions, "scheme"> = {},
): CapturedRequest {
  return reading(text, (message) => httpMessage(message, options.scheme));
}

export function httpMessage(
  text: string,
  scheme: CapturedRequestOptions["scheme"],
): CapturedRequest {
  const { requestLine, fields, bodyIndex, indentation } = messageHead(text);
  const { method, target, index } = readRequestLine(requestLine);
  const headers = fields.map(readHeader);
  return {
    method,
    url: urlOfTarget({ target, index, headers, scheme }),
    headers: headers.map(({ name, value }) => [name, value]),
    body: messageBody(text, bodyIndex, indentation, headers),
  };
}

/** Whether a text begins as a request does. */
export function isHttpMessage(text: string): boolean {
  return REQUEST_LINE.test(text) || traceIndex(text) !== undefined;
}

/** Some lack the version, and some a slash or the host, which is an error with a place. */
const REQUEST_LINE = /^\s*[A-Za-z]+[ \t]+(?:\/|https?:\/\/|[^\n]*[ \t]HTTP\/\d)/i;

/** RFC 9112 §3. Nothing else stands on the line, and the version is not needed to read it. */
function readRequestLine({ text, index }: Line): {
  method: string;
  target: string;
  index: number;
} {
  const method = /^\S+/.exec(text)?.[0] ?? "";
  if (!TOKEN.test(method)) {
    throw new Fault("ERR_METHOD", "the method must be a word such as GET or POST", index);
  }
  const version = text.lastIndexOf(" HTTP/");
  const hasVersion = version >= method.length && /^ HTTP\/\d(?:\.\d)?$/i.test(text.slice(version));
  const rest = text.slice(method.length, hasVersion ? version : undefined);
  const target = rest.trim();
  if (target === "") {
    const reason = "the first line must be a method, a space, and the URL or its path";
    throw new Fault("ERR_REQUEST_LINE", reason, index);
  }
  return { method, target, index: index + method.length + rest.indexOf(target) };
}

/** RFC 9112 §5.1: no white space stands before the colon. */
function readHeader({ text, index }: Line): PlacedHeader {
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(colon, 0));
  if (!TOKEN.test(name)) {
    throw new Fault("ERR_HEADER_FIELD", "a header line must be a name, a colon and a value", index);
  }
  const value = text.slice(colon + 1).replace(/^[ \t]+/, "");
  if (/[\0\r]/.test(value)) {
    const reason = "a header value must not contain NUL or a lone carriage return";
    throw new Fault("ERR_HEADER_FIELD", reason, index);
  }
  return { name, value: trimmedEnd(value), index };
}

/** Without spaces and tabs at the end; a regular expression would take quadratic time. */
function trimmedEnd(value: string): string {
  let end = value.length;
  while (end > 0 && /[ \t]/.test(value.charAt(end - 1))) end--;
  return value.slice(0, end);
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
