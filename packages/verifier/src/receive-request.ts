import { readBody } from "./body.js";
import type { BodyLimits, Message } from "./messages/message.js";
import type { ReceivedRequest } from "./received-request.js";
import type { RequestUrl } from "./request-url.js";

/**
 * Returns a message as plain data: with the URL that the client called, whatever a proxy made of
 * it, and with the headers that say something about its signature.
 */
export async function receiveRequest(
  message: Message,
  url: RequestUrl,
  limits: BodyLimits,
): Promise<ReceivedRequest> {
  return {
    method: message.method,
    url: url.text,
    headers: FIELDS.flatMap((name) =>
      message.fields(name).map((value): readonly [string, string] => [name, value]),
    ),
    body: await readBody(message, limits),
  };
}

/** Clients behind a proxy may sign another host than they call: these name it. */
const FIELDS = ["authorization", "content-type", "content-encoding", "host", "x-forwarded-host"];
