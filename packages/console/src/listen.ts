import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { ConsoleError } from "./console-error.js";

/** A server that listens. */
export interface Listening {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly server: Server;
}

/**
 * Serves an app over http.
 *
 * @throws ConsoleError `ERR_CONSOLE_ADDRESS` if this process cannot listen on the address.
 */
export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", ({ code = "", message }: NodeJS.ErrnoException) => {
      const [what, remedy] = REMEDIES.get(code) ?? [message, "listen on another address or port"];
      reject(
        new ConsoleError(
          "ERR_CONSOLE_ADDRESS",
          `cannot listen on ${host}, port ${port}: ${what}; ${remedy}`,
        ),
      );
    });
    server.listen(port, host);
  });
  const actual = (server.address() as AddressInfo).port;
  return { origin: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`, server };
}

/** Waits for running requests for a time, in milliseconds, and then ends them. */
export async function endServer(server: Server, grace: number): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await ended;
  clearTimeout(timer);
}

/** The problem with an address, and the remedy, by error code. */
const REMEDIES: ReadonlyMap<string, readonly [what: string, remedy: string]> = new Map([
  [
    "EADDRINUSE",
    [
      "the port is in use",
      "stop the process that listens there, or choose another port (0 for any)",
    ],
  ],
  ["EACCES", ["the port is reserved for root", "choose a port above 1023"]],
  [
    "EADDRNOTAVAIL",
    ["this machine does not have the address", "listen on one that it has, such as 127.0.0.1"],
  ],
  [
    "ENOTFOUND",
    ["the host does not exist", "listen on an address of this machine, such as 127.0.0.1"],
  ],
]);
