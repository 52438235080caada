import type { CapturedRequest, CapturedRequestOptions } from "../captured-request.js";
import { methodName } from "../header-field.js";
import { Fault, reading } from "../reading.js";
import { urlOfTarget } from "../request-url.js";
import { http2Request, isHttp2Fields } from "./http2-fields.js";
import { messageBody } from "./message-body.js";
import { type Line, messageHead, traceIndex } from "./message-head.js";
import { placedHeader } from "./read-headers.js";

/**
 * Reads an HTTP/1.1 request (RFC 9112 §2.1): a request line, headers, an empty line and a body.
 * Lines end with CRLF or LF, headers can be folded (§5.2), and the message can be indented, as in
 * the text of an RFC. The lines that `curl --verbose` prints with `>` are also supported, and the
 * fields of an HTTP/2 request: `:method`, `:scheme`, `:authority` and `:path` (RFC 9113 §8.3.1) in
 * place of the request line, with the value of a field in the same or in the next line.
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
  if (isHttp2Fields(text)) return http2Request(text, scheme);
  const { requestLine, fields, bodyIndex, indentation } = messageHead(text);
  const { method, target, index } = readRequestLine(requestLine);
  const headers = fields.map(placedHeader);
  return {
    method,
    url: urlOfTarget({ target, index, headers, scheme }),
    headers: headers.map(({ name, value }) => [name, value]),
    body: messageBody(text, bodyIndex, indentation, headers),
  };
}

/** Returns true if a text begins like a request. */
export function isHttpMessage(text: string): boolean {
  return REQUEST_LINE.test(text) || traceIndex(text) !== undefined || isHttp2Fields(text);
}

/**
 * Some requests lack the version: then a word in lower case is not a method, but a program such as
 * wget. A missing slash or host is an error with a position.
 */
const REQUEST_LINE =
  /^\s*(?:(?:[A-Z]+|get|post|put|patch|delete|head|options)[ \t]+(?:\/|[Hh][Tt][Tt][Pp][Ss]?:\/\/)|[A-Za-z]+[ \t][^\n]*[ \t][Hh][Tt][Tt][Pp]\/\d)/;

/** RFC 9112 §3. The line contains nothing else, and the version is optional here. */
function readRequestLine({ text, index }: Line): {
  method: string;
  target: string;
  index: number;
} {
  const method = methodName(/^\S+/.exec(text)?.[0] ?? "", index);
  const [version = ""] = / HTTP\/\d(?:\.\d)?$/.exec(text) ?? [];
  const rest = text.slice(method.length, text.length - version.length);
  const target = rest.trim();
  if (target === "") {
    const reason = "the first line must be a method, a space, and the URL or its path";
    throw new Fault("ERR_REQUEST_LINE", reason, index);
  }
  return { method, target, index: index + method.length + rest.indexOf(target) };
}
