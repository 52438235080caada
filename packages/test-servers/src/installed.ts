import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

export type ServerName =
  | "redis"
  | "postgres"
  | "pgbouncer"
  | "nginx"
  | "caddy"
  | "haproxy"
  | "chromium";

/** The program of a server, and the folders outside PATH where Debian installs it. */
const needed: Record<ServerName, { program: string; debian: string; folders: string[] }> = {
  redis: { program: "redis-server", debian: "redis-server", folders: [] },
  postgres: { program: "initdb", debian: "postgresql", folders: debianPostgresFolders() },
  pgbouncer: { program: "pgbouncer", debian: "pgbouncer", folders: ["/usr/sbin"] },
  nginx: { program: "nginx", debian: "nginx", folders: ["/usr/sbin"] },
  caddy: { program: "caddy", debian: "caddy", folders: [] },
  haproxy: { program: "haproxy", debian: "haproxy", folders: ["/usr/sbin"] },
  chromium: { program: "chromium", debian: "chromium", folders: [] },
};

/**
 * Returns true, and prints a warning, if tests are to be skipped because a server is not installed.
 * With `CI=true` it returns false, so that starting the server fails, and the test with it.
 */
export function isMissing(server: ServerName): boolean {
  if (folderOf(server) !== undefined) return false;
  if (process.env["CI"] === "true") return false;
  console.warn(`\n!!! SKIPPED: ${notInstalled(server)}\n`);
  return true;
}

/** The folder of a server's programs. */
export function requireFolder(server: ServerName): string {
  const folder = folderOf(server);
  if (folder === undefined) throw new Error(notInstalled(server));
  return folder;
}

function folderOf(server: ServerName): string | undefined {
  const { program, folders } = needed[server];
  return [...(process.env["PATH"] ?? "").split(delimiter), ...folders].find((folder) =>
    isExecutable(join(folder, program)),
  );
}

function notInstalled(server: ServerName): string {
  const { program, debian } = needed[server];
  return `${program} is not installed (on Debian: apt-get install ${debian})`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The newest version first. */
function debianPostgresFolders(): string[] {
  const parent = "/usr/lib/postgresql";
  try {
    return readdirSync(parent)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(parent, version, "bin"));
  } catch {
    return [];
  }
}
