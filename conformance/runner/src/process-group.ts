import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { onExit } from "signal-exit";

const IS_WINDOWS = process.platform === "win32";

/**
 * Starts a program in a process group of its own, so that it can be ended with all that it started:
 * a wrapper script's program outlives a signal to the script. The group is killed when the program
 * itself ends, and when this process ends, by a signal too. A process that leaves the group
 * (`setsid`) is out of reach, and so is everything when this process gets SIGKILL.
 *
 * Windows has no process groups: there `taskkill /T` ends the tree below the program, as long as the
 * program itself still runs.
 */
export function spawnGroup(
  program: string,
  args: readonly string[],
  folder: string | undefined,
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  let child: ChildProcessWithoutNullStreams | undefined;
  // Before the start: a signal that comes with it is handled after it.
  const forget = onExit(() => {
    if (child !== undefined) killGroup(child);
  });
  try {
    child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: "pipe",
      windowsHide: true,
      detached: !IS_WINDOWS,
    });
  } catch (error) {
    forget();
    throw error;
  }
  const { pid } = child;
  child.once("error", forget);
  child.once("exit", () => {
    forget();
    // The number of a group whose last member has ended may belong to another soon: only now.
    if (!IS_WINDOWS) killMembers(pid);
  });
  return child;
}

/** Kills a program of {@link spawnGroup} and all that it started. Does nothing after its end. */
export function killGroup({ pid, exitCode, signalCode }: ChildProcessWithoutNullStreams): void {
  if (exitCode !== null || signalCode !== null) return;
  if (!IS_WINDOWS) killMembers(pid);
  else if (pid !== undefined) spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
}

function killMembers(pid: number | undefined): void {
  // Not started. And 0 and 1 would be groups of others.
  if (pid === undefined || pid < 2) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}
