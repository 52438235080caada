import type { ReceivedRequest, RequestContext } from "../received-request.js";
import type { Message } from "./message.js";

/** Reads a request as plain data. */
export function plainMessage(request: ReceivedRequest, context: RequestContext): Message {
  const { method, url, body } = request;
  const octets =
    typeof body === "string" ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  const fields = [...headerFields(request.headers ?? [])];
  return {
    method,
    scheme: /^https:/i.test(url) ? "https" : "http",
    target: url,
    hosts: undefined,
    fields: (lowerCaseName) =>
      fields.filter(([name]) => name.toLowerCase() === lowerCaseName).map(([, value]) => value),
    peerAddress: context.peerAddress,
    readBody: async ({ body: limit }) => (octets.length > limit ? "too-large" : octets),
  };
}

function* headerFields(
  headers: NonNullable<ReceivedRequest["headers"]>,
): Iterable<readonly [string, string]> {
  if (Symbol.iterator in headers) return yield* headers;
  for (const [name, values] of Object.entries(headers)) {
    for (const value of typeof values === "string" ? [values] : (values ?? [])) yield [name, value];
  }
}
