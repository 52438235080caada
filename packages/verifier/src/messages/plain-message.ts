import type { ReceivedRequest, RequestContext } from "../received-request.js";
import { headerValues } from "./header-values.js";
import type { Message } from "./message.js";

/** Reads a request as plain data. */
export function plainMessage(request: ReceivedRequest, context: RequestContext): Message {
  const { method, url, body } = request;
  const octets = typeof body === "string" ? new TextEncoder().encode(body) : (body ?? EMPTY);
  const headers = namesAndValues(request.headers ?? []);
  return {
    method,
    scheme: /^https:/i.test(url) ? "https" : "http",
    target: url,
    hosts: undefined,
    fields: (lowerCaseName) => headerValues(headers, lowerCaseName),
    peerAddress: context.peerAddress,
    readBody: async ({ body: limit }) => (octets.length > limit ? "too-large" : octets),
  };
}

const EMPTY = new Uint8Array();

/** The headers like `rawHeaders` of `node:http`. */
function namesAndValues(headers: NonNullable<ReceivedRequest["headers"]>): string[] {
  const list: string[] = [];
  if (Symbol.iterator in headers) {
    for (const [name, value] of headers) list.push(name, value);
    return list;
  }
  for (const name of Object.keys(headers)) {
    const values = headers[name];
    if (typeof values === "string") list.push(name, values);
    else for (const value of values ?? []) list.push(name, value);
  }
  return list;
}
