import { execFile } from "node:child_process";
import { chown, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { requireFolder } from "./installed.js";
import { startLaggingProxy } from "./lagging-proxy.js";
import { serverUser, startOn, startPostgres } from "./postgres.js";
import type { TestServer } from "./test-server.js";
import { until } from "./until.js";

const run = promisify(execFile);

/** The options of a primary and its standby. */
export interface PostgresPairOptions {
  /** The milliseconds by which the standby lags behind. Default: 0. */
  readonly lag?: number | undefined;
  /** True if a commit waits for the standby (`synchronous_standby_names`). Default: false. */
  readonly isSynchronous?: boolean | undefined;
}

/** A primary and a standby. */
export interface PostgresPair {
  /** The URL of the primary, which leads to the standby after a failover. */
  readonly url: string;
  /** `kill -9` of the machine of the primary, and promotes the standby. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL with streaming replication to a standby on loopback.
 *
 * @throws Error if PostgreSQL is not installed, or does not start.
 */
export async function startPostgresPair({
  lag = 0,
  isSynchronous = false,
}: PostgresPairOptions = {}): Promise<PostgresPair> {
  const [link, entry] = await Promise.all([
    startLaggingProxy(lag, () => true),
    startLaggingProxy(0, () => false),
  ]);
  const started: TestServer[] = [];
  const stop = async () => {
    await Promise.all([link.cut(), entry.cut()]);
    for (const server of started) await server.stop();
  };
  try {
    const primary = await startPostgres();
    started.push(primary);
    link.leadTo(primary.url);
    entry.leadTo(primary.url);
    const standby = await startStandby(link.port);
    started.push(standby);
    if (isSynchronous) {
      await query(primary.url, "alter system set synchronous_standby_names = 'standby'");
      await query(primary.url, "select pg_reload_conf()");
    }
    await until("the standby follows the primary", async () => {
      const wanted = isSynchronous ? "sync" : "async";
      return (await query(primary.url, "select sync_state from pg_stat_replication")) === wanted;
    });
    return {
      url: `postgres://postgres@127.0.0.1:${entry.port}/postgres`,
      stop,
      async failOver() {
        await link.cut();
        entry.drop();
        await primary.kill();
        await query(standby.url, "select pg_promote()");
        entry.leadTo(standby.url);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startStandby(port: number): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "oauth1-postgres-"));
  const user = await serverUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const primary = `host=127.0.0.1 port=${port} user=postgres application_name=standby`;
  await run(
    await programOf("pg_basebackup"),
    ["-D", data, "-d", primary, "-R", "--checkpoint=fast", "--no-sync"],
    { cwd: folder, ...user },
  );
  return await startOn(folder, data, user);
}

async function query(url: string, statement: string): Promise<string> {
  const { stdout } = await run(await programOf("psql"), [url, "-XAtqc", statement]);
  return stdout.trim();
}

/** PATH can contain links to only some of the programs. */
async function programOf(name: string): Promise<string> {
  return join(dirname(await realpath(join(requireFolder("postgres"), "initdb"))), name);
}
