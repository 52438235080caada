import type { CapturedRequest, CapturedRequestOptions } from "../captured-request.js";
import { Fault, reading } from "../reading.js";
import { urlOfRequest } from "../request-url.js";
import {
  decodedBody,
  headersOf,
  isNothing,
  memberOf,
  membersOf,
  methodOf,
  textOf,
} from "./members.js";
import { type Literal, parseLiteral } from "./parse-literal.js";

/**
 * Reads a request from JSON: `{ "method", "url", "headers", "body" }`. The URL is absolute, or a
 * path with a `Host` header. Headers are an object (its values can be lists), or a list of pairs.
 * The body is text, or base64 with `"bodyEncoding": "base64"`.
 *
 * @param text - JSON, or the literal of a JavaScript object.
 * @throws {@link CapturedRequestError} with line and column.
 *
 * @example
 * ```ts
 * readJsonRequest('{"method": "GET", "url": "/a", "headers": {"Host": "example.com"}}').url;
 * // "https://example.com/a"
 * ```
 */
export function readJsonRequest(
  text: string | Uint8Array,
  options: Pick<CapturedRequestOptions, "scheme"> = {},
): CapturedRequest {
  return reading(text, (json) => jsonRequest(wholeLiteral(json), options.scheme));
}

/** Parses a text that is one literal. */
export function wholeLiteral(text: string): Literal {
  const { literal, end } = parseLiteral(text, 0);
  if (end < text.length) {
    throw new Fault("ERR_CAPTURED_LITERAL", "the text must end after the JSON value", end);
  }
  return literal;
}

export function jsonRequest(
  literal: Literal,
  scheme: CapturedRequestOptions["scheme"],
): CapturedRequest {
  const members = membersOf(literal, "the request");
  const url = memberOf(literal, "url", "the request");
  const headers = headersOf(members.get("headers"), "headers");
  const body = members.get("body");
  return {
    method: methodOf(memberOf(literal, "method", "the request"), "method"),
    url: urlOfRequest({ target: textOf(url, "url"), index: url.index, headers, scheme }),
    headers: headers.map(({ name, value }) => [name, value]),
    body: isNothing(body) ? null : decodedBody(body, members.get("bodyEncoding")),
  };
}
