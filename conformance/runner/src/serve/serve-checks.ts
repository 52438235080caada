import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serializeChallenge } from "@oauth1/auth-header";
import type { ReceivedRequest } from "@oauth1/diagnosis";
import { printable, printableJson } from "@oauth1/printable";
import {
  callback,
  checkArgument,
  filledText,
  optional,
  port as portKind,
  record,
} from "../check-options.js";
import { UsageError } from "../usage-error.js";
import type { CheckedRequest } from "./checked-request.js";
import { checkArticle, checksPage, PAGE_POLICY } from "./checks-page.js";
import { formatCheck } from "./format-check.js";
import { requestChecker } from "./request-checker.js";
import { type TestCredentials, testCredentialsKind } from "./test-credentials.js";

/** The options of a server: the address, and the callbacks. */
export interface ServeChecksOptions {
  readonly credentials: TestCredentials;
  readonly host?: string | undefined;
  /** The port to listen on; 0 for any free port. */
  readonly port?: number | undefined;
  /** Called for each request after it is answered. A promise is awaited. */
  readonly onChecked?: ((checked: CheckedRequest) => unknown) | undefined;
  /**
   * Called with errors of the server or of `onChecked`, which do not end the server. By
   * default, they are process warnings. A client that disconnects is not an error.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A server that checks every request. */
export interface ChecksServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** The maximum size of a body, in octets. */
const MAXIMUM_BODY = 1_048_576;

/** The number of requests that the page shows. */
const SHOWN = 50;

/**
 * Serves a check of every request with `diagnose()` of `@oauth1/diagnosis` (RFC 5849 §3). The
 * answer to a valid request has status 200, and to any other request a status by §3.2. The
 * answer contains the reason, as JSON if the client accepts it, and otherwise as text. `GET /`
 * without an `Authorization` header is a page with the last requests. Clients cannot end the
 * server. PLAINTEXT is accepted over http.
 *
 * @throws OptionError for an option that is missing, misspelled or of the wrong type.
 * @throws {@link UsageError} `ERR_LISTEN` if the address is in use, or the server cannot listen
 * on it.
 *
 * @example
 * ```ts
 * import { serveChecks } from "@oauth1/conformance";
 *
 * const server = await serveChecks({
 *   credentials: {
 *     client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *     token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
 *   },
 * });
 * const response = await fetch(`${server.origin}/photos`);
 * response.status; // 401
 * (await response.text()).includes("The request is not signed"); // true
 * await server.close();
 * ```
 */
export async function serveChecks(options: ServeChecksOptions): Promise<ChecksServer> {
  checkArgument("serveChecks", "options", options, optionsKind);
  const { credentials, host = "127.0.0.1", port = 0, onChecked, onError = warn } = options;
  const check = requestChecker(credentials, () => Math.floor(Date.now() / 1000));
  const articles: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === undefined) {
      answer(response, 413, "text/plain; charset=utf-8", "A body of more than 1 MiB.\n");
      request.destroy();
      return;
    }
    if (isPage(request)) {
      answer(response, 200, "text/html; charset=utf-8", checksPage(articles, credentials, origin));
      return;
    }
    const checked = check(receivedRequest(request, body, origin));
    // A check can be many times as long as the request, so the page's copy is shortened.
    articles.unshift(checkArticle(checked));
    articles.length = Math.min(articles.length, SHOWN);
    if (checked.status !== 200) {
      response.setHeader("WWW-Authenticate", serializeChallenge({ realm: "conformance" }));
    }
    const isJson = request.headers.accept?.includes("application/json") ?? false;
    if (isJson) {
      answer(response, checked.status, "application/json", `${printableJson(checked)}\n`);
    } else {
      answer(response, checked.status, "text/plain; charset=utf-8", formatCheck(checked));
    }
    await onChecked?.(checked);
  };
  const tell = (error: unknown) => {
    try {
      onError(error);
    } catch (another) {
      warn(another);
    }
  };
  const server = createServer((request, response) => {
    // The connection can end while the answer is written.
    response.on("error", () => {});
    handle(request, response).catch((error: unknown) => {
      // If a body is incomplete, the client has disconnected or violated HTTP.
      if (!request.complete) {
        response.destroy();
        return;
      }
      tell(error);
      if (!response.headersSent) {
        answer(response, 500, "text/plain; charset=utf-8", "The check failed: see its server.\n");
      } else if (!response.writableEnded) response.destroy();
    });
  });
  await listen(server, host, port);
  // For example, no file descriptor is left for another connection.
  server.on("error", tell);
  const { port: listening } = server.address() as AddressInfo;
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${listening}`;
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const optionsKind = record({
  credentials: testCredentialsKind,
  host: optional(filledText),
  port: optional(portKind),
  onChecked: optional(callback),
  onError: optional(callback),
});

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = ({ code = "", message }: NodeJS.ErrnoException) => {
      const [what, remedy] = Object.hasOwn(REMEDIES, code)
        ? (REMEDIES[code] as readonly [string, string])
        : [message, "listen on another address or port"];
      reject(
        new UsageError(`cannot listen on ${host}, port ${port}: ${what}; ${remedy}`, "ERR_LISTEN"),
      );
    };
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

/** The problem with an address, and the remedy. */
const REMEDIES: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  EADDRINUSE: [
    "the port is in use",
    "stop the process that listens there, or choose another port (0 for any)",
  ],
  EACCES: ["the port is reserved for root", "choose a port above 1023"],
  EADDRNOTAVAIL: [
    "this machine does not have the address",
    "use one that it has, for example 127.0.0.1",
  ],
  ENOTFOUND: ["the host does not exist", "listen on an address of this machine, such as 127.0.0.1"],
};

function warn(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.emitWarning(printable(text), "ConformanceWarning");
}

/** Scheme, Host and the request-target make the URL, as they were received (RFC 5849 §3.4.1.2). */
function receivedRequest(
  request: IncomingMessage,
  body: Uint8Array,
  origin: string,
): ReceivedRequest {
  const { method = "GET", url: target = "/", headers, headersDistinct } = request;
  const isAbsolute = /^https?:\/\//i.test(target);
  const host = headers.host === undefined ? origin : `http://${headers.host}`;
  return { method, url: isAbsolute ? target : `${host}${target}`, headers: headersDistinct, body };
}

/** Returns true if a person requests the page, and not a client a check. */
function isPage({ method, url, headers }: IncomingMessage): boolean {
  return method === "GET" && url === "/" && headers.authorization === undefined;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAXIMUM_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(type.startsWith("text/html") ? { "Content-Security-Policy": PAGE_POLICY } : {}),
  });
  response.end(body);
}
