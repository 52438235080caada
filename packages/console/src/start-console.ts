import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import {
  createApiKeysServer,
  firstStart,
  type Installation,
  openInstallation,
} from "@oauth1/api-keys";
import { checkOptions } from "@oauth1/api-keys/check-options";
import type { TrustedProxies } from "@oauth1/verifier";
import type { Logger } from "pino";
import { z } from "zod";
import { consoleApp } from "./console-app.js";
import { firstCall } from "./first-call.js";
import { consoleLog, logVerifications } from "./log.js";
import { openRedisNonces, type RedisNonces } from "./redis-nonces.js";

const PORT = "must be a port: a whole number from 0 to 65535";
const REDIS_URL = "must be a URL that starts with redis:// or rediss://";

/** Where the console listens, and where it keeps its data. */
export interface ConsoleOptions {
  /** The address to listen at. The default is `127.0.0.1`: this machine only. */
  readonly host?: string | undefined;
  /** The port to listen at; 0 for any that is free. The default is 5849. */
  readonly port?: number | undefined;
  /** A folder for the embedded database and the encryption key. Made where it is missing. */
  readonly dataFolder: string;
  /** `postgres://…`: a PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** `redis://…`: where used nonces are stored. The default is the database. */
  readonly redisUrl?: string | undefined;
  /** Scheme, host and port as browsers and clients see them. */
  readonly publicOrigin?: string | undefined;
  /**
   * Proxies in front of the console, and the header fields of theirs to believe. The default is
   * none: rate limits then count all clients behind a proxy as one.
   */
  readonly trustedProxies?: TrustedProxies | undefined;
  /**
   * Whether requests that show their secrets to the network are accepted over http: PLAINTEXT
   * signatures, and logins of bots. The default is `true` where the console is for this machine
   * only (a loopback `host`, no `publicOrigin`, no `trustedProxies`), and `false` elsewhere.
   */
  readonly allowInsecureTransport?: boolean | undefined;
  /** Encryption keys, the current one first, in place of the file in the data folder. */
  readonly encryptionKeys?: string | undefined;
  /** Where log lines go. The default is standard error. */
  readonly log?: Logger | undefined;
}

/** A console that listens. */
export interface RunningConsole {
  /** Scheme, host and port that it is reached at. */
  readonly origin: string;
  /** The account that was made at the first start. */
  readonly accountId: string;
  /** The one-time link of the administrator, as long as nobody has a password. */
  readonly oneTimeLink: string | undefined;
  /** A signed curl command that the protected API answers with 200, once, within five minutes. */
  readonly curl: string | undefined;
  /** Lets the requests under way end (for ten seconds), then closes the stores. */
  close(): Promise<void>;
}

const consoleOptionsSchema = z.strictObject({
  host: z.string("must be an address to listen at").min(1, "must not be empty").optional(),
  port: z.int(PORT).min(0, PORT).max(65_535, PORT).optional(),
  // These three are checked by openInstallation.
  dataFolder: z.unknown().optional(),
  databaseUrl: z.unknown().optional(),
  encryptionKeys: z.unknown().optional(),
  redisUrl: z
    .string(REDIS_URL)
    .regex(/^rediss?:\/\//, REDIS_URL)
    .optional(),
  // These three are checked by createApiKeysServer.
  publicOrigin: z.unknown().optional(),
  trustedProxies: z.unknown().optional(),
  allowInsecureTransport: z.unknown().optional(),
  log: z
    .custom(
      (value) => ["info", "warn", "error"].every((level) => isMethod(value, level)),
      "must be a logger of pino",
    )
    .optional(),
});

function isMethod(value: unknown, name: string): boolean {
  return typeof (value as Record<string, unknown> | null | undefined)?.[name] === "function";
}

/** This machine only. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** How long requests under way may take once the console closes, in milliseconds. */
const GRACE = 10_000;

/**
 * Opens the database, brings it up to date, and listens.
 *
 * @throws ApiKeysError `ERR_ARGUMENT` where an option is wrong, other codes where the installation
 * cannot be opened.
 * @throws VerifierError where `publicOrigin` or `trustedProxies` is malformed.
 * @throws the error of `node:net` where the port cannot be had.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  checkOptions("startConsole", consoleOptionsSchema, options);
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
    onFault: (error) => log.error({ err: error }, "fault"),
    allowInsecureTransport: options.allowInsecureTransport ?? isLocal,
    // On a developer's own machine the answer says what to correct. Elsewhere it tells strangers no
    // more than a code; the log has the whole problem.
    verifier: { problemReporting: isLocal ? "full" : "code" },
  });
  const app = consoleApp({
    api,
    log,
    isHealthy: () => installation.ping(),
    trustsProxies: trustedProxies !== undefined,
  });
  const server = serve({ fetch: app.fetch, hostname: host, port });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  server.on("error", (error) => log.error({ err: error }, "fault"));
  const stopLogging = logVerifications(log);
  const { port: listening } = server.address() as AddressInfo;
  const origin = publicOrigin ?? `http://${host.includes(":") ? `[${host}]` : host}:${listening}`;
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
