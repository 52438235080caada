import type { RequestContext, WebRequest } from "../received-request.js";
import { VerifierError } from "../verifier-error.js";
import { CollectedOctets } from "./collected-octets.js";
import type { BodyLimits, Message, UnreadableBody } from "./message.js";

/** Reads a web-standard `Request`. */
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
    readBody: (limits) => readBody(request, limits),
  };
}

/** The part of a web stream that is used. */
interface BodyStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(): Promise<void>;
  };
}

/** Reads the body of a clone, so that the handler can still read the request's own. */
async function readBody(
  request: WebRequest,
  { body: limit, bodyTimeout }: BodyLimits,
): Promise<Uint8Array | UnreadableBody> {
  if (request.bodyUsed) {
    throw new VerifierError(
      "ERR_BODY_READ",
      "the body was read before the request was verified: verify the request first",
    );
  }
  if (request.body === null) return new Uint8Array();
  const reader = (request.clone().body as BodyStream).getReader();
  const octets = new CollectedOctets();
  let isLate = false;
  const cancel = () => reader.cancel().catch(() => {});
  const timer = setTimeout(() => {
    isLate = true;
    cancel(); // ends the pending read()
  }, bodyTimeout);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) return "too-slow";
      if (done || value === undefined) return octets.whole();
      if (octets.length + value.length > limit) {
        cancel();
        return "too-large";
      }
      octets.add(value);
    }
  } catch {
    return "broken-off";
  } finally {
    clearTimeout(timer);
  }
}
