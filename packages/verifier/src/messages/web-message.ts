import type { RequestContext, WebRequest } from "../received-request.js";
import { VerifierError } from "../verifier-error.js";
import type { Message, UnreadableBody } from "./message.js";

/** A web-standard `Request`. */
export function webMessage(request: WebRequest, context: RequestContext): Message {
  const { method, url, headers } = request;
  return {
    method,
    scheme: /^https:/i.test(url) ? "https" : "http",
    target: url,
    hosts: undefined,
    fields: (name) => {
      const value = headers.get(name);
      return value === null ? [] : [value];
    },
    peerAddress: context.peerAddress,
    hasBody: request.body !== null,
    readBody: (limit) => readBody(request, limit),
  };
}

/** The web's stream of a body, by the members that are read here. */
interface BodyStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(): Promise<void>;
  };
}

/** Reads the body of a copy, so that the request's own is still there for the handler. */
async function readBody(request: WebRequest, limit: number): Promise<Uint8Array | UnreadableBody> {
  if (request.bodyUsed) {
    throw new VerifierError("ERR_BODY_READ", "the body was read before the request was verified");
  }
  const reader = (request.clone().body as BodyStream | null)?.getReader();
  if (reader === undefined) return new Uint8Array();
  let body = new Uint8Array();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return body;
      if (body.length + value.length > limit) {
        reader.cancel().catch(() => {});
        return "too-large";
      }
      const joined = new Uint8Array(body.length + value.length);
      joined.set(body);
      joined.set(value, body.length);
      body = joined;
    }
  } catch {
    return "broken-off";
  }
}
