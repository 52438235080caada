import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "./create-provider.js";
import { ProviderSetupError } from "./provider-setup-error.js";

/**
 * Lets a provider respond to a request of `node:http`.
 *
 * @param native - What `resourceOwner` receives.
 * @returns False if the path is not the provider's.
 */
export async function respondNode(
  provider: Provider,
  incoming: IncomingMessage & { readonly originalUrl?: string },
  outgoing: ServerResponse,
  native: unknown,
): Promise<boolean> {
  const target = incoming.originalUrl ?? incoming.url ?? "/";
  const [path = ""] = target.split("?");
  if (!Object.values(provider.paths).includes(path)) return false;
  const request = requestOf(incoming, target, path === provider.paths.authorization);
  const response = await provider.handle(request, { received: incoming, native });
  if (response === undefined) return false;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.appendHeader("Set-Cookie", cookies);
  // The rest of a body that is too long or too slow is not read.
  if (!incoming.complete && incoming.httpVersionMajor < 2) {
    outgoing.setHeader("Connection", "close");
  }
  outgoing.statusCode = response.status;
  outgoing.end(Buffer.from(await response.arrayBuffer()));
  return true;
}

/** Signed requests are verified as received, so only the consent page's form has a body here. */
function requestOf(incoming: IncomingMessage, target: string, hasBody: boolean): Request {
  const { method = "GET", rawHeaders, socket } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (!name.startsWith(":")) headers.append(name, rawHeaders[index + 1] ?? "");
  }
  const scheme = "encrypted" in socket ? "https" : "http";
  const host = `${scheme}://${headers.get("host") ?? incoming.headers[":authority"] ?? ""}`;
  const url = (URL.canParse(host) ? host : `${scheme}://localhost`) + target;
  if (!hasBody || method !== "POST") return new Request(url, { method, headers });
  if (incoming.readableDidRead) {
    throw new ProviderSetupError(
      "ERR_PROVIDER_BODY_READ",
      "the body of the consent page's form was already read; mount the provider before body parsers",
    );
  }
  // Fetch: a body that is a stream needs it.
  const duplex = { duplex: "half" } as const;
  return new Request(url, { method, headers, body: bytesOf(incoming), ...duplex });
}

function bytesOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  });
}
