import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import {
  createApiKeysServer,
  firstStart,
  type Installation,
  openInstallation,
} from "@oauth1/api-keys";
import type { Logger } from "pino";
import { consoleApp } from "./console-app.js";
import { firstCall } from "./first-call.js";
import { consoleLog, logVerifications } from "./log.js";
import { openRedisNonces, type RedisNonces } from "./redis-nonces.js";

/** Where the console listens, and where it keeps its data. */
export interface ConsoleOptions {
  /** `127.0.0.1` where left out: this machine only. */
  readonly host?: string | undefined;
  /** 5849 where left out; 0 for any that is free. */
  readonly port?: number | undefined;
  /** A folder for the embedded database and the encryption key. Made where it is missing. */
  readonly dataFolder: string;
  /** `postgres://…`: a PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** `redis://…`: where nonces are remembered, in place of PostgreSQL or this process. */
  readonly redisUrl?: string | undefined;
  /** Scheme, host and port as browsers and clients see them, where a proxy stands before this. */
  readonly publicOrigin?: string | undefined;
  /** Encryption keys, the current one first, in place of the file in the data folder. */
  readonly encryptionKeys?: string | undefined;
  /** Where log lines go. Standard error where left out. */
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

/** How long requests under way may take once the console closes, in milliseconds. */
const GRACE = 10_000;

/**
 * Opens the database, brings it up to date, and listens.
 *
 * @throws ApiKeysError where the installation cannot be opened.
 * @throws the error of `node:net` where the port cannot be had.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
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
  { host = "127.0.0.1", port = 5849, publicOrigin }: ConsoleOptions,
  log: Logger,
): Promise<RunningConsole> {
  const api = createApiKeysServer(installation, {
    publicOrigin,
    nonces: nonces?.store,
    onFault: (error) => log.error({ err: error }, "fault"),
  });
  const app = consoleApp({ api, log, isHealthy: () => installation.ping() });
  const server = serve({ fetch: app.fetch, hostname: host, port });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
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
