import { execFile } from "node:child_process";
import { chown, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverUser, startOn } from "./postgres.js";
import type { TestServer } from "./test-server.js";
import { until } from "./until.js";

const run = promisify(execFile);

/**
 * Starts the server as it is after the machine stops at this moment: all its processes pause while its data folder
 * is copied, and a second server starts on the copy. The first one goes on.
 *
 * @param server - The result of `startPostgres()`.
 */
export async function startPostgresCopy({ url }: TestServer): Promise<TestServer> {
  const { stdout } = await run("psql", [url, "-XAtqc", "show data_directory"]);
  const data = stdout.trim();
  const main = Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")[0]);
  const folder = await mkdtemp(join(tmpdir(), "oauth1-postgres-"));
  const user = await serverUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const copy = join(folder, "data");
  const paused = await pause(main);
  try {
    await run("cp", ["--archive", data, copy]);
  } finally {
    for (const pid of paused) signal(pid, "SIGCONT");
  }
  await rm(join(copy, "postmaster.pid"));
  return await startOn(folder, copy, user);
}

/** Pauses a process, which then starts no further ones, and its children. */
async function pause(main: number): Promise<number[]> {
  signal(main, "SIGSTOP");
  await until("the server pauses", async () => (await processes()).get(main)?.state === "T");
  const children = [...(await processes())].filter(([, { parent }]) => parent === main);
  const pids = children.map(([pid]) => pid);
  for (const pid of pids) signal(pid, "SIGSTOP");
  await until("its processes pause", async () => {
    const states = await processes();
    return pids.every((pid) => !["R", "S", "D"].includes(states.get(pid)?.state ?? ""));
  });
  return [...pids, main];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended
  }
}

/** Linux only. In `stat`, the state and the parent follow the name, which is in parentheses. */
async function processes(): Promise<Map<number, { state: string; parent: number }>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<[number, { state: string; parent: number }]> => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      const [state = "", parent] = stat.split(") ").at(-1)?.split(" ") ?? [];
      return [Number(pid), { state, parent: Number(parent) }];
    }),
  );
  return new Map(found);
}
