import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.js";
import { requireFolder } from "./installed.js";
import { startLaggingProxy } from "./lagging-proxy.js";
import { startRedis } from "./redis.js";
import { isRedisReplica, redisSays } from "./redis-cli.js";
import { startServer, type TestServer } from "./test-server.js";
import { until } from "./until.js";

const SENTINELS = 3;

/** A master and a replica, which three Sentinels watch under the name `nonces`. */
export interface RedisSentinel {
  /** The URLs of the Sentinels. */
  readonly urls: readonly string[];
  /** `kill -9` of the machine of the master, and waits until the replica is promoted. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts Redis with Sentinels on loopback. A master counts as failed after a second.
 *
 * @param options - `lag`: the milliseconds by which the replica lags behind.
 * @throws Error if `redis-server` is not installed, or does not start.
 */
export async function startRedisSentinel({
  lag = 0,
}: {
  lag?: number;
} = {}): Promise<RedisSentinel> {
  const started: TestServer[] = [];
  const proxy = await startLaggingProxy(lag, isRedisReplica);
  const stop = async () => {
    await proxy.cut();
    for (const server of started) await server.stop();
  };
  try {
    const settings = { appendonly: "no", "repl-diskless-sync-delay": "0" };
    const master = await startRedis({ settings });
    started.push(master);
    proxy.leadTo(master.url);
    const replica = await startRedis({
      settings: { ...settings, replicaof: `127.0.0.1 ${proxy.port}` },
    });
    started.push(replica);
    await until("the replica has all data", async () =>
      (await redisSays(replica.url, "role")).includes("connected"),
    );
    const urls: string[] = [];
    for (let index = 0; index < SENTINELS; index++) {
      const sentinel = await startSentinel(proxy.port);
      started.push(sentinel);
      urls.push(sentinel.url);
    }
    await until("the Sentinels know each other and the replica", async () => {
      const states = await Promise.all(urls.map((url) => redisSays(url, "info", "sentinel")));
      return states.every((state) => state.includes(`slaves=1,sentinels=${SENTINELS}`));
    });
    return {
      urls,
      stop,
      async failOver() {
        await proxy.cut();
        await master.kill();
        await until("the replica is promoted", async () =>
          (await redisSays(replica.url, "role")).startsWith("master"),
        );
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSentinel(master: number): Promise<TestServer> {
  const program = join(requireFolder("redis"), "redis-server");
  const folder = await mkdtemp(join(tmpdir(), "oauth1-redis-"));
  const port = await freePort();
  // A Sentinel keeps its state in its configuration.
  const file = join(folder, "sentinel.conf");
  await writeFile(
    file,
    [
      "bind 127.0.0.1",
      `port ${port}`,
      `dir ${folder}`,
      `sentinel monitor nonces 127.0.0.1 ${master} ${Math.ceil(SENTINELS / 2)}`,
      "sentinel down-after-milliseconds nonces 1000",
      "sentinel failover-timeout nonces 5000",
      "",
    ].join("\n"),
  );
  return await startServer({
    url: `redis://127.0.0.1:${port}`,
    folder,
    program,
    arguments: [file, "--sentinel"],
    ready: /\+monitor master nonces/,
    stopSignal: "SIGTERM",
  });
}
