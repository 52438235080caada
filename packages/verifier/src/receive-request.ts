import { readBody } from "./body.js";
import type { BodyLimits, Message } from "./messages/message.js";
import type { ReceivedRequest } from "./received-request.js";
import type { RequestUrl } from "./request-url.js";

/**
 * Returns a message as plain data: with the URL that the client called, even behind a proxy,
 * and with the headers that a diagnosis of its signature needs.
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

/**
 * These name the host that a client behind a proxy may have signed instead of the host that it
 * calls.
 */
const FIELDS = ["authorization", "content-type", "content-encoding", "host", "x-forwarded-host"];
