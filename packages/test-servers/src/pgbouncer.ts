import { chown, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.js";
import { requireFolder } from "./installed.js";
import { serverUser } from "./postgres.js";
import { startServer, type TestServer, type TestServerOptions } from "./test-server.js";

/**
 * Starts a PgBouncer before a PostgreSQL of this package, in transaction mode with four connections.
 *
 * @throws Error if PgBouncer is not installed, or does not start.
 */
export async function startPgBouncer(
  postgresUrl: string,
  { settings }: TestServerOptions = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "oauth1-pgbouncer-"));
  const user = await serverUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const port = await freePort();
  const users = join(folder, "users.txt");
  await writeFile(users, '"postgres" ""\n');
  const all = {
    listen_addr: "127.0.0.1",
    listen_port: String(port),
    unix_socket_dir: "",
    auth_type: "trust",
    auth_file: users,
    pool_mode: "transaction",
    default_pool_size: "4",
    ...settings,
  };
  const file = join(folder, "pgbouncer.ini");
  await writeFile(
    file,
    [
      "[databases]",
      `* = host=127.0.0.1 port=${new URL(postgresUrl).port}`,
      "[pgbouncer]",
      ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
      "",
    ].join("\n"),
  );
  return await startServer({
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    folder,
    program: join(requireFolder("pgbouncer"), "pgbouncer"),
    arguments: [file],
    user,
    ready: /process up/,
    stopSignal: "SIGTERM",
  });
}
