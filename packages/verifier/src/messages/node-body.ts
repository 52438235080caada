import { hiddenField } from "../hidden-field.js";
import type { NodeRequest } from "../received-request.js";
import { VerifierError } from "../verifier-error.js";
import { CollectedOctets } from "./collected-octets.js";
import type { BodyLimits, UnreadableBody } from "./message.js";

/**
 * Reads the body and puts it back before the stream emits its end, so that body parsers and
 * handlers can read it as usual. If something else has already read the body, `rawBody` is used,
 * where some platforms keep it.
 *
 * @throws VerifierError `ERR_BODY_READ` if the body was already read and is not in `rawBody`.
 */
export async function readNodeBody(
  request: NodeRequest,
  { body: limit, bodyTimeout }: BodyLimits,
): Promise<Uint8Array | UnreadableBody> {
  if (isGone(request)) return "broken-off"; // no further event
  const kept = bodyReadBefore(request);
  if (kept !== undefined) return kept.length > limit ? "too-large" : kept;
  // By then the stream contains what arrived together with the header section. An earlier listener
  // would make the stream of an empty body end before a handler listens.
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
      // read() on a finished stream would emit its end before a handler listens.
      while (request.readableLength > 0) {
        const chunk = request.read();
        if (chunk === null) break;
        if (octets.length + chunk.length > limit) return settle("too-large");
        octets.add(chunk);
      }
      if (!isReceived(request)) return;
      const body = octets.whole();
      if (body.length > 0) {
        putBack.set(request, true);
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

/**
 * Returns true if the client has disconnected. A request that was read to its end is destroyed,
 * too.
 */
function isGone({ stream, destroyed, readableEnded }: NodeRequest): boolean {
  return stream === undefined ? destroyed && !readableEnded : stream.destroyed;
}

/** Requests whose body was read here and put back into the stream. */
const putBack = hiddenField<true>();

function bodyReadBefore(request: NodeRequest): Uint8Array | undefined {
  const { rawBody, readableDidRead, readableEnded, readableEncoding } = request;
  const isUntouched = !readableEnded && (!readableDidRead || putBack.get(request) === true);
  if (isUntouched && readableEncoding === null) return undefined;
  if (rawBody instanceof Uint8Array) return rawBody;
  throw new VerifierError(
    "ERR_BODY_READ",
    "the body was read before the request was verified: mount body parsers after the verifier, " +
      "or keep the bytes in request.rawBody",
  );
}

/**
 * Returns true if all of the body has arrived. `complete` is unreliable: platforms that make a
 * request from an event set it too early, or not at all. The stream's state is correct in every
 * version of `node:stream`.
 */
function isReceived(request: NodeRequest): boolean {
  const { _readableState } = request as { _readableState?: { readonly ended?: boolean } };
  return _readableState?.ended === true;
}
