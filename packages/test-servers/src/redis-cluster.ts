import { freePort } from "./free-port.js";
import { type LaggingProxy, startLaggingProxy } from "./lagging-proxy.js";
import { startRedis } from "./redis.js";
import { isRedisReplica, redisCli, redisSays } from "./redis-cli.js";
import type { TestServer } from "./test-server.js";
import { until } from "./until.js";

const MASTERS = 3;
const SLOTS = 16_384;

/** The options of a cluster. */
export interface RedisClusterOptions {
  /**
   * The milliseconds by which replicas lag behind their masters. If a master is killed, the
   * data in transit are lost, as when a machine fails. Default: 0.
   */
  readonly lag?: number | undefined;
}

/** Three masters, each with a replica. */
export interface RedisCluster {
  /** The URLs of the masters as they were at the start. */
  readonly urls: readonly string[];
  /** `kill -9` of the machine of a master, and waits until its replica is promoted. */
  failOver(master: number): Promise<void>;
  /** Moves slots from a master to another one. */
  reshard(from: number, to: number, slots: number): Promise<void>;
  stop(): Promise<void>;
}

interface Node {
  readonly server: TestServer;
  readonly proxy: LaggingProxy;
  readonly id: string;
}

/**
 * Starts a Redis Cluster of three masters and three replicas on loopback. A master counts as failed
 * after two seconds.
 *
 * @throws Error if `redis-server` is not installed, or does not start.
 */
export async function startRedisCluster({
  lag = 0,
}: RedisClusterOptions = {}): Promise<RedisCluster> {
  const nodes: Node[] = [];
  const stop = async () => {
    for (const { server, proxy } of nodes) {
      await proxy.cut();
      await server.stop();
    }
  };
  try {
    for (let index = 0; index < 2 * MASTERS; index++) nodes.push(await startNode(lag));
    await joinNodes(nodes);
  } catch (error) {
    await stop();
    throw error;
  }
  const at = (index: number): Node => {
    const node = nodes[index];
    if (node === undefined) throw new Error(`the cluster has no node ${index}`);
    return node;
  };
  return {
    urls: nodes.slice(0, MASTERS).map(({ proxy }) => `redis://127.0.0.1:${proxy.port}`),
    stop,
    async failOver(master) {
      const replica = at(master + MASTERS);
      await at(master).proxy.cut();
      await at(master).server.kill();
      await until("the replica is promoted", async () => {
        const [role, info] = await Promise.all([
          redisSays(replica.server.url, "role"),
          redisSays(replica.server.url, "cluster", "info"),
        ]);
        return role.startsWith("master") && info.includes("cluster_state:ok");
      });
    },
    async reshard(from, to, slots) {
      const host = `127.0.0.1:${at(from).proxy.port}`;
      await until("all nodes agree about the slots", async () => {
        await redisCli(["--cluster", "check", host]); // Fails if they do not agree.
        return true;
      });
      await redisCli([
        ...["--cluster", "reshard", host, "--cluster-yes"],
        ...["--cluster-from", at(from).id, "--cluster-to", at(to).id],
        ...["--cluster-slots", String(slots)],
      ]);
    },
  };
}

async function startNode(lag: number): Promise<Node> {
  const [proxy, bus] = await Promise.all([startLaggingProxy(lag, isRedisReplica), freePort()]);
  const server = await startRedis({
    settings: {
      appendonly: "no",
      "cluster-enabled": "yes",
      "cluster-node-timeout": "2000",
      "cluster-port": String(bus),
      "cluster-announce-ip": "127.0.0.1",
      "cluster-announce-port": String(proxy.port),
      "cluster-announce-bus-port": String(bus),
      "repl-diskless-sync-delay": "0",
    },
  }).catch(async (error: unknown) => {
    await proxy.cut();
    throw error;
  });
  proxy.leadTo(server.url);
  return { server, proxy, id: await redisSays(server.url, "cluster", "myid") };
}

async function joinNodes(nodes: readonly Node[]): Promise<void> {
  const [first, ...others] = nodes as [Node, ...Node[]];
  const addresses = (await redisSays(first.server.url, "config", "get", "cluster-port")).split(
    "\n",
  );
  const port = new URL(first.server.url).port;
  for (const { server } of others) {
    await redisSays(server.url, "cluster", "meet", "127.0.0.1", port, addresses[1] ?? "");
  }
  for (const [index, { server }] of nodes.slice(0, MASTERS).entries()) {
    const [from, next] = [index, index + 1].map((each) => Math.floor((each * SLOTS) / MASTERS));
    await redisSays(server.url, "cluster", "addslotsrange", String(from), String(Number(next) - 1));
  }
  await until("all nodes know each other", async () => {
    const known = await Promise.all(
      nodes.map(({ server }) => redisSays(server.url, "cluster", "nodes")),
    );
    return known.every(
      (list) => nodes.every(({ id }) => list.includes(id)) && !list.includes("handshake"),
    );
  });
  for (const [index, { server }] of nodes.slice(MASTERS).entries()) {
    await redisSays(server.url, "cluster", "replicate", nodes[index]?.id ?? "");
  }
  await until("the cluster is complete", async () => {
    const states = await Promise.all(
      nodes.map(({ server }) => redisSays(server.url, "cluster", "info")),
    );
    const roles = await Promise.all(
      nodes.slice(MASTERS).map(({ server }) => redisSays(server.url, "role")),
    );
    return (
      states.every((state) => state.includes("cluster_state:ok")) &&
      roles.every((role) => role.startsWith("slave") && role.includes("connected"))
    );
  });
}
