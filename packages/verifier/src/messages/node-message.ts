import type { NodeRequest } from "../received-request.js";
import { VerifierError } from "../verifier-error.js";
import type { Message, UnreadableBody } from "./message.js";

/**
 * A request of `node:http` or `node:http2`. Its header fields are taken from `rawHeaders`: `headers`
 * drops what is there twice, an `Authorization` or a `Host`.
 */
export function nodeMessage(request: NodeRequest): Message {
  const { rawHeaders, socket } = request;
  const values = new Map<string, string[]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (!READ_FIELDS.has(name)) continue;
    const value = rawHeaders[index + 1] ?? "";
    const others = values.get(name);
    if (others === undefined) values.set(name, [value]);
    else others.push(value);
  }
  const fields = (name: string) => values.get(name) ?? NONE;
  const contentLength = fields("content-length")[0];
  return {
    method: request.method ?? "",
    scheme: socket.encrypted === true ? "https" : "http",
    target: request.originalUrl ?? request.url ?? "",
    // RFC 9113 §8.3.1: HTTP/2 has :authority in place of Host.
    hosts: values.get(":authority") ?? fields("host"),
    fields,
    peerAddress: socket.remoteAddress,
    // RFC 9112 §6.3; HTTP/2 needs neither field.
    hasBody:
      contentLength === undefined
        ? values.has("transfer-encoding") || values.has(":authority")
        : contentLength !== "0",
    readBody: (limit) => readBody(request, limit),
  };
}

const NONE: readonly string[] = [];

const READ_FIELDS: ReadonlySet<string> = new Set([
  ":authority",
  "authorization",
  "content-length",
  "content-type",
  "forwarded",
  "host",
  "transfer-encoding",
  "x-forwarded-host",
  "x-forwarded-proto",
]);

/**
 * Reads the body and puts it back before the stream says that it ends, so that body parsers and
 * handlers find it as if it had never been read.
 */
function readBody(request: NodeRequest, limit: number): Promise<Uint8Array | UnreadableBody> {
  if (request.readableEnded) {
    throw new VerifierError(
      "ERR_BODY_READ",
      "the body was read before the request was verified: mount body parsers after the verifier",
    );
  }
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const settle = (body: Uint8Array | UnreadableBody) => {
      request.off("readable", read);
      request.off("end", end);
      request.off("error", breakOff);
      request.off("close", breakOff);
      resolve(body);
    };
    const read = () => {
      for (let chunk = request.read(); chunk !== null; chunk = request.read()) {
        length += chunk.length;
        if (length > limit) return settle("too-large");
        chunks.push(chunk);
      }
      if (!isReceived(request) || length === 0) return;
      const body = concatenate(chunks, length);
      request.unshift(body);
      settle(body);
    };
    const end = () => settle(concatenate(chunks, length));
    const breakOff = () => settle("broken-off");
    request.on("readable", read);
    request.on("end", end);
    request.on("error", breakOff);
    request.on("close", breakOff);
  });
}

/** Whether all of the body has arrived. HTTP/2 says so of the stream below only. */
function isReceived(request: NodeRequest & { stream?: { readableEnded?: boolean } }): boolean {
  return request.stream === undefined ? request.complete : request.stream.readableEnded === true;
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const all = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    all.set(chunk, end);
    end += chunk.length;
  }
  return all;
}
