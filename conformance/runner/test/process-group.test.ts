// A shell script between the runner and the program: what it started ends with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandImplementation, type Implementation } from "@oauth1/conformance";
import { afterAll, afterEach, describe, expect, it } from "vitest";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const wrapper = path("children/wrapper.sh");
const misbehave = path("children/misbehave.mjs");
const bin = path("../bin/oauth1-conformance.js");

const folder = mkdtempSync(join(tmpdir(), "oauth1-group-"));
const started: Implementation[] = [];
let count = 0;
/** Numbers of the processes that a test started: none of them may stay behind. */
const left: number[] = [];
afterEach(async () => {
  for (const implementation of started.splice(0)) await implementation.close?.();
  for (const pid of left.splice(0)) if (isRunning(pid)) process.kill(pid, "SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true }));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended and that its new parent has not asked after yet runs no more.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, "utf8"));
}

/** The number in a file, once it is there. */
async function numberIn(file: string): Promise<number> {
  await expect.poll(() => (existsSync(file) ? readFileSync(file, "utf8") : "")).toMatch(/^\d+\n$/);
  const pid = Number(readFileSync(file, "utf8"));
  left.push(pid);
  return pid;
}

const ended = (pid: number) => expect.poll(() => isRunning(pid)).toBe(false);

describe.skipIf(process.platform === "win32")("a wrapper script's own processes", () => {
  async function wrapped(timeout = 2000) {
    const file = join(folder, String(count++));
    const child = await commandImplementation("sh", [wrapper, file, process.execPath, misbehave], {
      timeout,
    });
    started.push(child);
    const program = Number(await child.percentEncode?.("process"));
    left.push(program);
    return { child, pids: [program, await numberIn(file)] };
  }

  it("end with close()", async () => {
    const { child, pids } = await wrapped();
    expect(pids.map(isRunning)).toEqual([true, true]);
    await child.close?.();
    for (const pid of pids) await ended(pid);
  });

  it("end when the program does not answer in time", async () => {
    const { child, pids } = await wrapped();
    await expect(async () => child.percentEncode?.("hang")).rejects.toMatchObject({
      code: "ERR_TIMEOUT",
    });
    for (const pid of pids) await ended(pid);
  });

  it("end with the script, which is reported at once although the output is still open", async () => {
    const { child, pids } = await wrapped(60_000);
    await expect(async () => child.percentEncode?.("crash")).rejects.toMatchObject({
      code: "ERR_CRASHED",
      message: expect.stringContaining("exit code 3"),
    });
    for (const pid of pids) await ended(pid);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "end when %s ends the command",
    async (signal) => {
      const file = join(folder, String(count++));
      const never = ["-e", "setInterval(() => {}, 1000)"];
      const command = spawn(
        process.execPath,
        [bin, "run", "--timeout", "600000", "--", "sh", wrapper, file, process.execPath, ...never],
        { stdio: "ignore" },
      );
      const exit = once(command, "exit");
      const pid = await numberIn(file);
      expect(isRunning(pid)).toBe(true);
      command.kill(signal);
      // By the signal itself, so that a shell's loop around it ends too.
      expect(await exit).toEqual([null, signal]);
      await ended(pid);
    },
  );

  it("end when the program that runs them exits without close()", async () => {
    const file = join(folder, String(count++));
    const script = `
      import { commandImplementation } from "@oauth1/conformance";
      await commandImplementation("sh", process.argv.slice(1));
      process.exit(7);`;
    const runner = spawn(
      process.execPath,
      ["--input-type=module", "-e", script, wrapper, file, process.execPath, misbehave],
      { cwd: path("."), stdio: ["ignore", "inherit", "inherit"] },
    );
    expect(await once(runner, "exit")).toEqual([7, null]);
    await ended(await numberIn(file));
  });
});
