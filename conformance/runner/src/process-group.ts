import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { onExit } from "signal-exit";

const IS_WINDOWS = process.platform === "win32";

/**
 * Starts a program in a separate process group, so that it can be ended with all processes that
 * it started. Otherwise the program of a wrapper script would survive a signal to the script.
 * The group is killed when the program itself ends, and when this process ends, also by a
 * signal. A process that leaves the group (`setsid`) is not killed, nor is any process if this
 * process gets SIGKILL.
 *
 * Windows has no process groups. There, `taskkill /T` ends the process tree below the program,
 * as long as the program itself still runs.
 */
export function spawnGroup(
  program: string,
  args: readonly string[],
  folder: string | undefined,
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  let child: ChildProcessWithoutNullStreams | undefined;
  // Installed before the start, so that a signal during the start is handled after it.
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
    // Only now, because the number of a group whose last member has ended can soon belong to
    // another group.
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
  // The program was not started. 0 and 1 would be other groups.
  if (pid === undefined || pid < 2) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has no process.
  }
}
