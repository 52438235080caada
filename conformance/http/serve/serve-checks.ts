import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serializeChallenge } from "@oauth1/auth-header";
import {
  type ArrivedRequest,
  type CheckedRequest,
  checkRequest,
  type TestCredentials,
} from "./check-request.js";
import { checksPage, PAGE_POLICY } from "./checks-page.js";
import { formatCheck } from "./format-check.js";

/** Where to listen, and what to do with what was checked. */
export interface ServeChecksOptions {
  readonly credentials: TestCredentials;
  readonly host?: string | undefined;
  /** 0 for any that is free. */
  readonly port?: number | undefined;
  /** Hears of each request. */
  readonly onChecked?: ((checked: CheckedRequest) => void) | undefined;
}

/** A server that checks whatever is sent to it. */
export interface ChecksServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** How much of a body is read, in octets. */
const MAXIMUM_BODY = 1_048_576;

/** How many requests the page shows. */
const SHOWN = 50;

/**
 * Serves a check of every request, rule by rule (RFC 5849 §3). What is right is answered with 200,
 * the rest by §3.2, and says why: as JSON where that is accepted, as text otherwise. `GET /` without
 * protocol parameters is a page with the last requests.
 */
export async function serveChecks(options: ServeChecksOptions): Promise<ChecksServer> {
  const { credentials, host = "127.0.0.1", port = 0, onChecked } = options;
  const spent = new Set<string>();
  const checks: CheckedRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (body === undefined) {
      answer(response, 413, "text/plain; charset=utf-8", "A body of more than 1 MiB.\n");
      request.destroy();
      return;
    }
    const arrived = arrivedRequest(request, body, origin);
    if (isPage(request)) {
      answer(response, 200, "text/html; charset=utf-8", checksPage(checks, credentials, origin));
      return;
    }
    const checked = checkRequest(arrived, credentials, spent, Math.floor(Date.now() / 1000));
    checks.unshift(checked);
    checks.length = Math.min(checks.length, SHOWN);
    onChecked?.(checked);
    if (checked.status !== 200) {
      response.setHeader("WWW-Authenticate", serializeChallenge({ realm: "conformance" }));
    }
    const isJson = request.headers.accept?.includes("application/json") ?? false;
    if (isJson) {
      answer(response, checked.status, "application/json", `${JSON.stringify(checked)}\n`);
    } else {
      answer(response, checked.status, "text/plain; charset=utf-8", formatCheck(checked));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
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

function arrivedRequest(
  request: IncomingMessage,
  body: Uint8Array,
  origin: string,
): ArrivedRequest {
  const { method = "GET", url: target = "/", headers } = request;
  const isAbsolute = /^https?:\/\//i.test(target);
  const host = headers.host === undefined ? origin : `http://${headers.host}`;
  return {
    method,
    url: isAbsolute ? target : `${host}${target}`,
    authorization: request.headersDistinct["authorization"] ?? [],
    contentType: headers["content-type"],
    body,
  };
}

/** Whether a person asks for the page, and no client for a check. */
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
