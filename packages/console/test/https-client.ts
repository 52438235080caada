// A client of a server with a self-signed certificate, over HTTP/1.1 and HTTP/2.
import { connect } from "node:http2";
import { request } from "node:https";
import { text } from "node:stream/consumers";

export type HttpVersion = "HTTP/1.1" | "HTTP/2";

/** A request of the client. */
export interface HttpsRequest {
  readonly method?: string;
  /** Path and query, sent as they are. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The response. */
export interface HttpsAnswer {
  readonly status: number;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** Sends requests to one origin from one address. */
export type HttpsClient = (request: HttpsRequest) => Promise<HttpsAnswer>;

/**
 * @param origin - `https://localhost:8443`.
 * @param certificate - The certificate to trust.
 * @param address - The client's own address: Linux has all of 127.0.0.0/8.
 */
export function httpsClient(
  version: HttpVersion,
  origin: string,
  certificate: string,
  address: string,
): HttpsClient {
  const tls = { ca: certificate, localAddress: address, family: 4 };
  return version === "HTTP/2"
    ? (sent) => overHttp2(origin, tls, sent)
    : (sent) => overHttp1(origin, tls, sent);
}

async function overHttp1(origin: string, tls: object, sent: HttpsRequest): Promise<HttpsAnswer> {
  const { hostname, port } = new URL(origin);
  const { target: path, method = "GET" } = sent;
  const outgoing = request({ hostname, port, path, method, agent: false, ...tls });
  for (const [name, value] of Object.entries(headersOf(sent))) outgoing.setHeader(name, value);
  return new Promise((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const { statusCode = 0, headers } = incoming;
      text(incoming).then(
        (body) => resolve({ status: statusCode, cookies: headers["set-cookie"] ?? [], body }),
        reject,
      );
    });
    outgoing.end(bodyOf(sent));
  });
}

async function overHttp2(origin: string, tls: object, sent: HttpsRequest): Promise<HttpsAnswer> {
  const session = connect(origin, tls);
  try {
    return await new Promise((resolve, reject) => {
      session.on("error", reject);
      const { target, method = "GET" } = sent;
      const stream = session.request({
        ":method": method,
        ":path": target,
        ...headersOf(sent),
      });
      stream.on("error", reject);
      stream.on("response", (headers) => {
        const { ":status": status = 0, "set-cookie": cookies = [] } = headers;
        text(stream).then((body) => resolve({ status, cookies, body }), reject);
      });
      stream.end(bodyOf(sent));
    });
  } finally {
    session.close();
  }
}

function headersOf({ headers, body }: HttpsRequest): Record<string, string> {
  return { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers };
}

function bodyOf({ body }: HttpsRequest): string | undefined {
  return body && JSON.stringify(body);
}
