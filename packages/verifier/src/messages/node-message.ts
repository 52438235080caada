import { Problem } from "../problem.js";
import type { NodeRequest } from "../received-request.js";
import { headerValues } from "./header-values.js";
import type { Message } from "./message.js";
import { readNodeBody } from "./node-body.js";

/** Reads a request of `node:http` or `node:http2`, or a platform's imitation of one. */
export function nodeMessage(request: NodeRequest): Message {
  const { socket } = request;
  const headers = namesAndValues(request);
  const fields = (lowerCaseName: string) => headerValues(headers, lowerCaseName);
  requireOneFraming(request, fields);
  return {
    method: request.method ?? "",
    scheme: socket.encrypted === true ? "https" : "http",
    target: request.originalUrl ?? request.url ?? "",
    hosts: hosts(request, fields),
    fields,
    peerAddress: socket.remoteAddress,
    readBody: (limits) => readNodeBody(request, limits),
  };
}

/**
 * Reads headers from `rawHeaders`, because `headers` drops a second `Authorization` or `Host`.
 * Platforms that make a request from an event leave `rawHeaders` empty, so `headers` is used there.
 */
function namesAndValues({ rawHeaders, headers }: NodeRequest): readonly string[] {
  if (rawHeaders.length > 0) return rawHeaders;
  const list: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    // Content-Length is a number on some platforms.
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) list.push(name, String(one));
    }
  }
  return list;
}

/**
 * Rejects a message that two readers could end in different places (RFC 9112 §6.3). Node does this
 * itself, unless it runs with `insecureHTTPParser`.
 */
function requireOneFraming(
  { rawHeaders }: NodeRequest,
  fields: (name: string) => readonly string[],
): void {
  // Without rawHeaders there was no connection, so no framing.
  if (rawHeaders.length === 0) return;
  const lengths = fields("content-length");
  const codings = fields("transfer-encoding");
  const isOne =
    lengths.length + codings.length <= 1 &&
    lengths.every((length) => /^\d+$/.test(length)) &&
    codings.every((coding) => coding.toLowerCase() === "chunked");
  if (!isOne) {
    throw new Problem(
      "request_rejected",
      "the request must have one valid Content-Length, or Transfer-Encoding: chunked, or neither",
    );
  }
}

/**
 * Returns the hosts that the request names. HTTP/2 has `:authority`, or `Host`, or both with the
 * same value (RFC 9113 §8.3.1).
 */
function hosts(
  { httpVersionMajor }: NodeRequest,
  fields: (name: string) => readonly string[],
): readonly string[] {
  const host = fields("host");
  const [authority] = httpVersionMajor >= 2 ? fields(":authority") : [];
  if (authority === undefined) return host;
  const isSame = (other: string) => other.toLowerCase() === authority.toLowerCase();
  return host.every(isSame) ? [authority] : [authority, ...host];
}
