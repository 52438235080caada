// What a failover of Redis forgets. The default run is a short part: `npm run test:failover` runs
// all, and prints the figures of docs/failover.md.
import { isMissing, startRedisCluster } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";
import { startLoad } from "./load.js";

const isDeep = process.env["FAILOVER"] === "deep";
const PROCESSES = isDeep ? 8 : 2;
const CALLS = isDeep ? 20_000 : 500;
/** The milliseconds by which replicas lag, as in another data centre. */
const LAG = isDeep ? 20 : 5;

const bothLibraries = Array.from({ length: PROCESSES }, (_, index) =>
  index % 2 === 0 ? "ioredis cluster" : "node-redis cluster",
);

describe.skipIf(isMissing("redis"))("Redis Cluster", { timeout: 300_000 }, () => {
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
      const load = await startLoad(bothLibraries, cluster.urls, { timeout: 1000 });
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
      console.log("Redis Cluster, 900 slots moved:", figures);
      expect(figures.replays).toBe(0);
      expect(figures.failures).toBeLessThan(figures.calls / 100);
    } finally {
      await cluster.stop();
    }
  });
});

async function failOver(options: { replicas?: number; timeout: number }) {
  const cluster = await startRedisCluster({ lag: LAG });
  try {
    const load = await startLoad(bothLibraries, cluster.urls, options);
    await load.more(CALLS);
    await cluster.reshard(1, 2, 20);
    await cluster.failOver(0);
    await load.more(CALLS / 10);
    const figures = await load.replay();
    console.log(
      `Redis Cluster, a master killed, ${JSON.stringify(options)}, ${LAG} ms lag:`,
      figures,
    );
    return figures;
  } finally {
    await cluster.stop();
  }
}
