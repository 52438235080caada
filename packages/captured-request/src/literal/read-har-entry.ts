import type { CapturedRequest } from "../captured-request.js";
import { Fault, reading } from "../reading.js";
import { urlOfRequest } from "../request-url.js";
import {
  decodedBody,
  elementsOf,
  headersOf,
  isNothing,
  memberOf,
  membersOf,
  methodOf,
  textOf,
} from "./members.js";
import type { Literal } from "./parse-literal.js";
import { wholeLiteral } from "./read-json-request.js";

/**
 * Reads the request of a HAR entry (HTTP Archive 1.2): an entry, only its `request`, or a whole
 * archive that has one entry, as browsers copy it with "Copy as HAR".
 *
 * @param text - JSON.
 * @throws {@link CapturedRequestError} with line and column; `ERR_SEVERAL_REQUESTS` for an archive
 * with more than one entry.
 *
 * @example
 * ```ts
 * readHarEntry('{"request": {"method": "GET", "url": "https://example.com/?a=b", "headers": []}}').url;
 * // "https://example.com/?a=b"
 * ```
 */
export function readHarEntry(text: string | Uint8Array): CapturedRequest {
  return reading(text, (json) => harRequest(wholeLiteral(json)));
}

/** Returns true if an object is part of an archive, and not a plain request. */
export function isHar(literal: Literal): boolean {
  const members = literal.value instanceof Map ? literal.value : new Map<string, Literal>();
  return ["log", "request", "postData", "httpVersion"].some((name) => members.has(name));
}

export function harRequest(literal: Literal): CapturedRequest {
  const request = requestOf(literal);
  const url = memberOf(request, "url", "request");
  const headers = headersOf(memberOf(request, "headers", "request"), "headers");
  return {
    method: methodOf(memberOf(request, "method", "request"), "method"),
    url: urlOfRequest({ target: textOf(url, "url"), index: url.index, headers }),
    headers: headers.map(({ name, value }) => [name, value]),
    body: bodyOf(membersOf(request, "request").get("postData")),
  };
}

function requestOf(literal: Literal): Literal {
  const members = membersOf(literal, "the archive");
  const log = members.get("log");
  if (log !== undefined) {
    const entries = memberOf(log, "entries", "log");
    const [entry, other] = elementsOf(entries, "entries");
    if (entry === undefined) {
      throw new Fault("ERR_CAPTURED_MEMBER", "entries must have an entry", entries.index);
    }
    if (other !== undefined) {
      const reason = "the archive has several entries: keep one of them";
      throw new Fault("ERR_SEVERAL_REQUESTS", reason, other.index);
    }
    return memberOf(entry, "request", "an entry");
  }
  return members.get("request") ?? literal;
}

/** `postData`. If it has only `params`, their encoding is unknown. */
function bodyOf(postData: Literal | undefined): Uint8Array | null {
  if (isNothing(postData)) return null;
  const members = membersOf(postData, "postData");
  const text = members.get("text");
  if (text !== undefined) return decodedBody(text, members.get("encoding"));
  const params = members.get("params");
  if (isNothing(params) || elementsOf(params, "params").length === 0) return null;
  const reason = 'postData must have the member "text": params do not say how the body was encoded';
  throw new Fault("ERR_CAPTURED_MEMBER", reason, postData.index);
}
