import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.js";
import { requireFolder } from "./installed.js";
import { startServer, type TestServer, type TestServerOptions } from "./test-server.js";

/**
 * Starts a `redis-server` that writes and syncs every command before it replies (`appendonly yes`,
 * `appendfsync always`).
 *
 * @throws Error if `redis-server` is not installed, or does not start.
 */
export async function startRedis({ settings }: TestServerOptions = {}): Promise<TestServer> {
  const program = join(requireFolder("redis"), "redis-server");
  const folder = await mkdtemp(join(tmpdir(), "oauth1-redis-"));
  const port = await freePort();
  const all = {
    bind: "127.0.0.1",
    port: String(port),
    dir: folder,
    save: "",
    appendonly: "yes",
    appendfsync: "always",
    ...settings,
  };
  return await startServer({
    url: `redis://127.0.0.1:${port}`,
    folder,
    program,
    arguments: Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
    ready: /Ready to accept connections/,
    stopSignal: "SIGTERM",
  });
}
