import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { createApiKeysServer, type Installation, openInstallation } from "@oauth1/api-keys";
import { firstStart } from "@oauth1/api-keys/admin";
import {
  aNonEmptyString,
  integerFrom,
  optional,
  type Rule,
  type Rules,
  requireOptions,
} from "@oauth1/options";
import type { TrustedProxies } from "@oauth1/verifier";
import type { Logger } from "pino";
import { consoleApp } from "./console-app.js";
import { ConsoleError } from "./console-error.js";
import { firstCall } from "./first-call.js";
import { consoleLog, logVerifications } from "./log.js";
import { openRedisNonces, type RedisNonces } from "./redis-nonces.js";

/** The options of `startConsole`. */
export interface ConsoleOptions {
  /** The address to listen on. The default is `127.0.0.1` (this machine only). */
  readonly host?: string | undefined;
  /** The port to listen on; 0 for any free port. The default is 5849. */
  readonly port?: number | undefined;
  /** A folder for the embedded database and the encryption key. It is created if it is missing. */
  readonly dataFolder: string;
  /** `postgres://…`: a PostgreSQL server instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** `redis://…`: a server that stores used nonces. The default is the database. */
  readonly redisUrl?: string | undefined;
  /** Scheme, host and port as browsers and clients see them. */
  readonly publicOrigin?: string | undefined;
  /**
   * Proxies in front of the console, and their headers to trust. The default is none: rate limits
   * then count all clients behind a proxy as one.
   */
  readonly trustedProxies?: TrustedProxies | undefined;
  /**
   * If true, requests that reveal secrets to the network are accepted over http: PLAINTEXT
   * signatures and bot logins. The default is `true` if the console is for this machine only (a
   * loopback `host`, no `publicOrigin`, no `trustedProxies`), and otherwise `false`.
   */
  readonly allowInsecureTransport?: boolean | undefined;
  /**
   * If false, the last calls of keys are not recorded, only their number and the last use. The
   * default is `true`.
   */
  readonly recordCalls?: boolean | undefined;
  /** Encryption keys, the current one first, instead of the file in the data folder. */
  readonly encryptionKeys?: string | undefined;
  /** The log. The default writes to standard error. */
  readonly log?: Logger | undefined;
}

/** A running console. */
export interface RunningConsole {
  /** Scheme, host and port of the console. */
  readonly origin: string;
  /** The account that was created at the first start. */
  readonly accountId: string;
  /** The administrator's one-time link; `undefined` after somebody has set a password. */
  readonly oneTimeLink: string | undefined;
  /** A signed curl command that the protected API answers with 200 once, within five minutes. */
  readonly curl: string | undefined;
  /** Waits for running requests (ten seconds at most), then closes the stores. */
  close(): Promise<void>;
}

/** An option that openInstallation or createApiKeysServer checks. */
const checkedBelow: Rule = optional({ mustBe: "an option", isValid: () => true });

const RULES: Rules = {
  host: optional({ ...aNonEmptyString, mustBe: "an address to listen on" }),
  port: optional({ ...integerFrom(0, 65_535), mustBe: "a port: a whole number from 0 to 65535" }),
  dataFolder: checkedBelow,
  databaseUrl: checkedBelow,
  encryptionKeys: checkedBelow,
  redisUrl: optional({
    mustBe: "a URL that starts with redis:// or rediss://",
    isValid: (value) => typeof value === "string" && /^rediss?:\/\//.test(value),
  }),
  publicOrigin: checkedBelow,
  trustedProxies: checkedBelow,
  allowInsecureTransport: checkedBelow,
  recordCalls: checkedBelow,
  log: optional({
    mustBe: "a pino logger",
    isValid: (value) => ["info", "warn", "error"].every((level) => isMethod(value, level)),
  }),
};

function isMethod(value: unknown, name: string): boolean {
  return typeof (value as Record<string, unknown> | null | undefined)?.[name] === "function";
}

/** Hosts that only this machine can reach. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** The time in milliseconds that running requests have when the console closes. */
const GRACE = 10_000;

/**
 * Opens and updates the database, and starts to listen.
 *
 * @throws ConsoleError if an option or `LOG_LEVEL` is wrong, or the console cannot listen on the
 * address or reach the Redis server.
 * @throws ApiKeysError if the installation cannot be opened.
 * @throws VerifierError if `publicOrigin` or `trustedProxies` is malformed.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  requireOptions(
    options,
    RULES,
    (option, problem) =>
      new ConsoleError("ERR_CONSOLE_OPTION", `startConsole: ${option} ${problem}`),
  );
  const { dataFolder, databaseUrl, redisUrl, encryptionKeys, log = consoleLog() } = options;
  const installation = await openInstallation({ dataFolder, databaseUrl, encryptionKeys });
  let nonces: RedisNonces | undefined;
  try {
    nonces = redisUrl === undefined ? undefined : await openRedisNonces(redisUrl);
    return await listen(installation, nonces, options, log);
  } catch (error) {
    nonces?.close();
    await installation.close();
    throw error;
  }
}

async function listen(
  installation: Installation,
  nonces: RedisNonces | undefined,
  options: ConsoleOptions,
  log: Logger,
): Promise<RunningConsole> {
  const { host = "127.0.0.1", port = 5849, publicOrigin, trustedProxies } = options;
  const isLocal = LOOPBACK.test(host) && publicOrigin === undefined && trustedProxies === undefined;
  const api = createApiKeysServer(installation, {
    publicOrigin,
    trustedProxies,
    nonces: nonces?.store,
    onFault: (error) => log.error({ err: error }, "internal error"),
    allowInsecureTransport: options.allowInsecureTransport ?? isLocal,
    recordCalls: options.recordCalls,
    // On a developer's machine the response says what to correct. Elsewhere it contains only a
    // code, and the log contains the whole problem.
    verifier: { problemReporting: isLocal ? "full" : "code" },
  });
  const app = consoleApp({
    api,
    log,
    isHealthy: () => installation.ping(),
    trustsProxies: trustedProxies !== undefined,
  });
  const server = serve({ fetch: app.fetch, hostname: host, port });
  await listening(server, host, port);
  server.on("error", (error) => log.error({ err: error }, "internal error"));
  const stopLogging = logVerifications(log);
  const { port: actualPort } = server.address() as AddressInfo;
  const origin = publicOrigin ?? `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`;
  const { accountId, link } = await firstStart(installation);

  return {
    origin,
    accountId,
    oneTimeLink: link && `${origin}/welcome#${link.token}`,
    curl: await firstCall(installation, accountId, origin),
    async close() {
      stopLogging();
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeIdleConnections" in server) server.closeIdleConnections();
      const timer = setTimeout(() => {
        if ("closeAllConnections" in server) server.closeAllConnections();
      }, GRACE);
      await ended;
      clearTimeout(timer);
      nonces?.close();
      await installation.close();
    },
  };
}

function listening(server: ServerType, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
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
  });
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
