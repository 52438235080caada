import type { NodeRequest } from "../received-request.js";
import { VerifierError } from "../verifier-error.js";
import { CollectedOctets } from "./collected-octets.js";
import type { BodyLimits, UnreadableBody } from "./message.js";

/**
 * Reads the body and puts it back before the stream says that it ends, so that body parsers and
 * handlers find it as if it had never been read. A body that something else has read already is
 * taken from `rawBody`, where the platform keeps it.
 *
 * @throws VerifierError `ERR_BODY_READ` where the body was read already and is not in `rawBody`.
 */
export async function readNodeBody(
  request: NodeRequest,
  { body: limit, bodyTimeout }: BodyLimits,
): Promise<Uint8Array | UnreadableBody> {
  if (isGone(request)) return "broken-off"; // no event will come
  const kept = bodyReadBefore(request);
  if (kept !== undefined) return kept.length > limit ? "too-large" : kept;
  // What arrived together with the header section is in the stream by then. A listener before that
  // would have the stream of an empty body end at once, and no handler would hear of it.
  await null;
  if (isGone(request)) return "broken-off";
  const octets = new CollectedOctets();
  return new Promise((resolve) => {
    const settle = (body: Uint8Array | UnreadableBody) => {
      clearTimeout(timer);
      request.off("readable", read);
      request.off("end", end);
      request.off("error", breakOff);
      request.off("close", breakOff);
      resolve(body);
    };
    const read = () => {
      // read() on a stream that has nothing left would let it end, before a handler listens.
      while (request.readableLength > 0) {
        const chunk = request.read();
        if (chunk === null) break;
        if (octets.length + chunk.length > limit) return settle("too-large");
        octets.add(chunk);
      }
      if (!isReceived(request)) return;
      const body = octets.whole();
      if (body.length > 0) {
        putBack.add(request);
        request.unshift(body);
      }
      settle(body);
    };
    const end = () => settle(octets.whole());
    const breakOff = () => settle("broken-off");
    const timer = setTimeout(settle, bodyTimeout, "too-slow");
    if (isReceived(request)) return read();
    request.on("readable", read);
    request.on("end", end);
    request.on("error", breakOff);
    request.on("close", breakOff);
  });
}

/** Whether the client has gone. A request that was read to its end is destroyed too, by itself. */
function isGone({ stream, destroyed, readableEnded }: NodeRequest): boolean {
  return stream === undefined ? destroyed && !readableEnded : stream.destroyed;
}

/** Requests whose body was read here and is in the stream again. */
const putBack = new WeakSet<NodeRequest>();

function bodyReadBefore(request: NodeRequest): Uint8Array | undefined {
  const { rawBody, readableDidRead, readableEnded, readableEncoding } = request;
  const isUntouched = !readableEnded && (!readableDidRead || putBack.has(request));
  if (isUntouched && readableEncoding === null) return undefined;
  if (rawBody instanceof Uint8Array) return rawBody;
  throw new VerifierError(
    "ERR_BODY_READ",
    "the body was read before the request was verified: mount body parsers after the verifier, " +
      "or keep the octets in request.rawBody",
  );
}

/**
 * Whether all of the body has arrived. `complete` does not tell: platforms that make a request from
 * an event set it before there is anything to read, or not at all. The state of the stream does, in
 * every version of `node:stream`.
 */
function isReceived(request: NodeRequest): boolean {
  const { _readableState } = request as { _readableState?: { readonly ended?: boolean } };
  return _readableState?.ended === true;
}
