import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Parameter } from "@oauth1/properties";

/** A request as a server of node:http received it. */
export interface ArrivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Parameter[];
  /** Base64. */
  readonly body: string | null;
}

/** A server that keeps the requests that arrive, and a function to send to it. */
export interface RequestEcho {
  readonly origin: string;
  /**
   * Sends a request over HTTP/1.1, and returns it as it arrived.
   *
   * @throws Error if it cannot be sent, for example a target with a raw space.
   */
  send(request: ArrivedRequest): Promise<ArrivedRequest>;
  close(): Promise<void>;
}

/** Starts the server on a free port of this machine. */
export async function requestEcho(): Promise<RequestEcho> {
  let arrived: ArrivedRequest | undefined;
  const server = createServer(async (request, response) => {
    arrived = await received(request, origin);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    async send({ method, url, headers, body }) {
      arrived = undefined;
      const target = url.slice(origin.length).replace(/#.*$/s, "");
      const octets = body === null ? undefined : Buffer.from(body, "base64");
      await new Promise<void>((resolve, reject) => {
        const sent = httpRequest({
          port,
          host: "127.0.0.1",
          method,
          path: target,
          headers: {
            ...Object.fromEntries(headers),
            ...(octets === undefined ? {} : { "Content-Length": octets.length }),
          },
        });
        sent.once("response", (response) => response.resume().once("end", resolve));
        sent.once("error", reject);
        sent.end(octets);
      });
      if (arrived === undefined) throw new Error("the request did not arrive");
      return arrived;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received(request: IncomingMessage, origin: string): Promise<ArrivedRequest> {
  const { method = "", url = "", rawHeaders } = request;
  const body = await buffer(request);
  const headers: Parameter[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return {
    method,
    url: `${origin}${url}`,
    headers,
    body: body.length === 0 ? null : body.toString("base64"),
  };
}
