import {
  type ApiKeysServerOptions,
  checkServerOptions,
  createApiKeysServer,
  type Installation,
  openInstallation,
} from "@oauth1/api-keys";
import { firstStart } from "@oauth1/api-keys/admin";
import {
  aNonEmptyString,
  integerFrom,
  optional,
  type Rule,
  type Rules,
  record,
  requireOptions,
} from "@oauth1/options";
import type { TrustedProxies } from "@oauth1/verifier";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import type { Logger } from "pino";
import { consoleApp } from "./console-app.js";
import { ConsoleError } from "./console-error.js";
import { firstCall } from "./first-call.js";
import { endServer, listen } from "./listen.js";
import { consoleLog, logVerifications } from "./log.js";
import { collectMetrics, type Metrics } from "./metrics.js";
import { type MetricsAddress, serveMetrics } from "./metrics-server.js";
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
   * The path below which clients reach the console, such as `/keys`. A proxy must pass it on,
   * because clients sign it. The default is none.
   */
  readonly publicPath?: string | undefined;
  /**
   * The address of the metrics for Prometheus. It is a separate address, because the metrics
   * are not for the public. By default, they are not served.
   */
  readonly metrics?: MetricsAddress | undefined;
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
  /** The address of the console: the origin and the public path, without a slash at the end. */
  readonly url: string;
  /** The address of the metrics, if they are served. */
  readonly metricsUrl: string | undefined;
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

const aHost: Rule = { ...aNonEmptyString, mustBe: "an address to listen on" };
const aPort: Rule = {
  ...integerFrom(0, 65_535),
  mustBe: "a port: a whole number from 0 to 65535",
};

const RULES: Rules = {
  host: optional(aHost),
  port: optional(aPort),
  dataFolder: checkedBelow,
  databaseUrl: checkedBelow,
  encryptionKeys: checkedBelow,
  redisUrl: optional({
    mustBe: "a URL that starts with redis:// or rediss://",
    isValid: (value) => typeof value === "string" && /^rediss?:\/\//.test(value),
  }),
  publicOrigin: checkedBelow,
  publicPath: checkedBelow,
  trustedProxies: checkedBelow,
  allowInsecureTransport: checkedBelow,
  recordCalls: checkedBelow,
  metrics: optional({
    ...record({ host: optional(aHost), port: aPort }),
    mustBe: "an object with port, and optionally host",
  }),
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
 * @throws ApiKeysError or StorageError if the installation cannot be opened.
 * @throws VerifierError if `publicOrigin` or `trustedProxies` is malformed.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  requireOptions(
    options,
    RULES,
    (option, problem) =>
      new ConsoleError("ERR_CONSOLE_OPTION", `startConsole: ${option} ${problem}`),
  );
  checkServerOptions(serverOptionsOf(options));
  const { dataFolder, databaseUrl, redisUrl, encryptionKeys, log = consoleLog() } = options;
  const installation = await openInstallation({ dataFolder, databaseUrl, encryptionKeys });
  const stores: { close(): void }[] = [];
  try {
    const nonces = redisUrl === undefined ? undefined : await openRedisNonces(redisUrl);
    if (nonces !== undefined) stores.push(nonces);
    const metrics = options.metrics && collectMetrics(options.publicPath ?? "");
    if (metrics !== undefined) stores.push(metrics);
    return await run(installation, nonces, metrics, options, log);
  } catch (error) {
    for (const store of stores) store.close();
    await installation.close();
    throw error;
  }
}

function serverOptionsOf({
  publicOrigin,
  publicPath,
  trustedProxies,
  allowInsecureTransport,
  recordCalls,
}: ConsoleOptions): ApiKeysServerOptions {
  return { publicOrigin, publicPath, trustedProxies, allowInsecureTransport, recordCalls };
}

async function run(
  installation: Installation,
  nonces: RedisNonces | undefined,
  metrics: Metrics | undefined,
  options: ConsoleOptions,
  log: Logger,
): Promise<RunningConsole> {
  const { host = "127.0.0.1", port = 5849, publicOrigin, trustedProxies } = options;
  const { publicPath = "" } = options;
  const isLocal = LOOPBACK.test(host) && publicOrigin === undefined && trustedProxies === undefined;
  const onFault = (error: unknown) => log.error({ err: error }, "internal error");
  const store = nonces?.store ?? postgresNonceStore(installation.client, { onSweepError: onFault });
  const api = createApiKeysServer(installation, {
    ...serverOptionsOf(options),
    nonces: metrics?.countNonceErrors(store) ?? store,
    onFault,
    allowInsecureTransport: options.allowInsecureTransport ?? isLocal,
    // On a developer's machine the response says what to correct. Elsewhere it contains only a
    // code, and the log contains the whole problem.
    verifier: { problemReporting: isLocal ? "full" : "code" },
  });
  const app = consoleApp({
    api,
    log,
    publicPath,
    countRequests: metrics?.countRequests,
    async isHealthy() {
      await Promise.all([installation.ping(), nonces?.ping()]);
    },
    trustsProxies: trustedProxies !== undefined,
  });
  const metricsServer =
    metrics && options.metrics && (await serveMetrics(metrics, options.metrics));
  const { server, origin: ownOrigin } = await listen(app, host, port).catch(async (error) => {
    await metricsServer?.close();
    throw error;
  });
  server.on("error", onFault);
  const stopLogging = logVerifications(log);
  const origin = publicOrigin ?? ownOrigin;
  const url = `${origin}${publicPath}`;
  const { accountId, link } = await firstStart(installation);

  return {
    origin,
    url,
    metricsUrl: metricsServer?.url,
    accountId,
    oneTimeLink: link && `${url}/welcome#${link.token}`,
    curl: await firstCall(installation, accountId, url),
    async close() {
      stopLogging();
      await endServer(server, GRACE);
      await metricsServer?.close();
      metrics?.close();
      nonces?.close();
      await installation.close();
    },
  };
}
