// What a failover of Redis forgets. The default run is a short part: `npm run test:failover` runs
// all, and prints the figures of the README.
import { isMissing, startRedisCluster, startRedisSentinel } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";
import { type Figures, startLoad } from "./load.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";
const PROCESSES = isDeep ? 8 : 2;
const CALLS = isDeep ? 20_000 : 500;
/** The milliseconds by which replicas lag, as in another data centre. */
const LAG = isDeep ? 20 : 5;

const clients = (place: string) =>
  Array.from({ length: PROCESSES }, (_, index) =>
    index % 2 === 0 ? `ioredis ${place}` : `node-redis ${place}`,
  );

describe.skipIf(isMissing("redis"))("Redis Cluster", () => {
  it("accepts no replay after a master was killed and slots were moved, with replicas: 1", async () => {
    const figures = await failOver({ replicas: 1, timeout: 1000 });
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.replays).toBe(0);
  });

  it.runIf(isDeep)("loses what the replica did not have, without replicas", async () => {
    const figures = await failOver({ timeout: 1000 });
    expect(figures.replays).toBeGreaterThan(0);
  });

  it.runIf(isDeep)("accepts no replay while slots are moved", async () => {
    const cluster = await startRedisCluster();
    try {
      const load = await startLoad(clients("cluster"), cluster.urls, { timeout: 1000 });
      await load.more(CALLS / 2);
      // All three masters give and receive.
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ] as const) {
        await cluster.reshard(from, to, 300);
      }
      await load.more(CALLS / 2);
      const figures = await load.replay();
      console.log("Redis Cluster, 900 slots moved:", JSON.stringify(figures));
      expect(figures.replays).toBe(0);
      expect(figures.failures).toBeLessThan(figures.calls / 100);
    } finally {
      await cluster.stop();
    }
  });
});

describe.skipIf(!isDeep || isMissing("redis"))("Redis Sentinel", () => {
  it("accepts no replay after the master was killed, with replicas: 1", async () => {
    const figures = await failOverWatched({ replicas: 1, timeout: 1000 });
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.replays).toBe(0);
  });

  it("loses what the replica did not have, without replicas", async () => {
    const figures = await failOverWatched({ timeout: 1000 });
    expect(figures.replays).toBeGreaterThan(0);
  });
});

interface Options {
  readonly replicas?: number;
  readonly timeout: number;
}

async function failOver(options: Options): Promise<Figures> {
  const cluster = await startRedisCluster({ lag: LAG });
  try {
    const load = await startLoad(clients("cluster"), cluster.urls, options);
    await load.more(CALLS);
    await cluster.reshard(1, 2, 20);
    await cluster.failOver(0);
    await load.more(CALLS / 10);
    return told("Redis Cluster", options, await load.replay());
  } finally {
    await cluster.stop();
  }
}

async function failOverWatched(options: Options): Promise<Figures> {
  const watched = await startRedisSentinel({ lag: LAG });
  try {
    const load = await startLoad(clients("sentinel"), watched.urls, options);
    await load.more(CALLS);
    await watched.failOver();
    return told("Redis Sentinel", options, await load.replay());
  } finally {
    await watched.stop();
  }
}

function told(what: string, { replicas = 0 }: Options, figures: Figures): Figures {
  console.log(
    `${what}, master killed, replicas: ${replicas}, lag ${LAG} ms: ${JSON.stringify(figures)}`,
  );
  return figures;
}
