import { execFile } from "node:child_process";
import { chown, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.js";
import { requireFolder } from "./installed.js";
import { startServer, type TestServer, type TestServerOptions } from "./test-server.js";

const run = promisify(execFile);

/**
 * Starts a PostgreSQL with the defaults of a new cluster. The superuser is `postgres` and has no
 * password. If the process runs as root, the server runs as the user `postgres` or `nobody`,
 * because PostgreSQL does not run as root.
 *
 * @throws Error if PostgreSQL is not installed, or does not start.
 */
export async function startPostgres({ settings }: TestServerOptions = {}): Promise<TestServer> {
  const programs = requireFolder("postgres");
  const folder = await mkdtemp(join(tmpdir(), "oauth1-postgres-"));
  const user = await serverUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, "data");
  await run(
    join(programs, "initdb"),
    [
      `--pgdata=${data}`,
      "--username=postgres",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
    ],
    { cwd: folder, ...user },
  );
  return await startOn(folder, data, user, settings);
}

/** A user that a server can run as. */
export type ServerUser = { readonly uid: number; readonly gid: number };

/** Starts PostgreSQL on existing data. */
export async function startOn(
  folder: string,
  data: string,
  user: ServerUser | undefined,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const port = await freePort();
  const all = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    ...settings,
  };
  return await startServer({
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    folder,
    program: join(requireFolder("postgres"), "postgres"),
    arguments: [
      "-D",
      data,
      ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    user,
    ready: /database system is ready to accept (read-only )?connections/,
    stopSignal: "SIGINT", // fast shutdown: ends connections without waiting
  });
}

/** The user that a server must run as, if it must not run as the current one. */
export async function serverUser(): Promise<ServerUser | undefined> {
  return process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
}

async function unprivilegedUser(): Promise<ServerUser> {
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all(["-u", "-g"].map((part) => run("id", [part, name])));
      return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
    } catch {
      // no such user
    }
  }
  throw new Error("PostgreSQL needs an unprivileged user to run as: create the user postgres");
}
