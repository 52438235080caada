import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

export type ServerName = "redis" | "postgres" | "nginx";

/** The program that a server needs, and where Debian keeps it besides PATH. */
const needed: Record<ServerName, { program: string; debian: string; folders: string[] }> = {
  redis: { program: "redis-server", debian: "redis-server", folders: [] },
  postgres: { program: "initdb", debian: "postgresql", folders: debianPostgresFolders() },
  nginx: { program: "nginx", debian: "nginx", folders: ["/usr/sbin"] },
};

/**
 * Whether tests are to be skipped because a server is not installed: says so, loudly. With
 * `CI=true` they are not skipped: starting the server fails, and the test with it.
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
