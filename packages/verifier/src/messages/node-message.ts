import { Problem } from "../problem.js";
import type { NodeRequest } from "../received-request.js";
import type { Message } from "./message.js";
import { readNodeBody } from "./node-body.js";

/** Reads a request of `node:http` or `node:http2`, or a platform's imitation of one. */
export function nodeMessage(request: NodeRequest): Message {
  const { socket } = request;
  const values = headerFields(request);
  const fields = (name: string) => values.get(name) ?? NONE;
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
function headerFields({ rawHeaders, headers }: NodeRequest): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const add = (name: string, value: string) => {
    if (!READ_FIELDS.has(name)) return;
    const others = values.get(name);
    if (others === undefined) values.set(name, [value]);
    else others.push(value);
  };
  for (let index = 0; index < rawHeaders.length; index += 2) {
    add((rawHeaders[index] ?? "").toLowerCase(), rawHeaders[index + 1] ?? "");
  }
  if (rawHeaders.length > 0) return values;
  for (const [name, value] of Object.entries(headers)) {
    // Content-Length is a number on some platforms.
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) add(name.toLowerCase(), String(one));
    }
  }
  return values;
}

const NONE: readonly string[] = [];

const READ_FIELDS: ReadonlySet<string> = new Set([
  ":authority",
  "authorization",
  "content-encoding",
  "content-length",
  "content-type",
  "forwarded",
  "host",
  "transfer-encoding",
  "x-forwarded-host",
  "x-forwarded-proto",
]);

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
  const [authority] = httpVersionMajor >= 2 ? fields(":authority") : NONE;
  if (authority === undefined) return host;
  const isSame = (other: string) => other.toLowerCase() === authority.toLowerCase();
  return host.every(isSame) ? [authority] : [authority, ...host];
}
