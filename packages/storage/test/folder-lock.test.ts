import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { lockFolder } from "../src/folder-lock.js";

/** The number of races for the lock. */
const ROUNDS = process.env["OAUTH1_DEEP"] === "1" ? 100 : 20;
/** The number of processes in one race. */
const RACERS = 3;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-data-"));
  folders.push(folder);
  return folder;
}

describe("the lock of the data folder", () => {
  it(`has one owner when ${RACERS} processes race for it after a kill, ${ROUNDS} times`, async () => {
    const racers = Array.from({ length: RACERS + 1 }, () => startRacer());
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const folder = temporaryFolder();
        // A process with the lock is killed: what it wrote into the folder is stale.
        const victim = racers.pop() as Racer;
        expect(await victim.ask("lock", folder)).toBe("held");
        racers.unshift(startRacer());
        await victim.kill();
        const answers = await Promise.all(
          racers.slice(-RACERS).map((racer) => racer.ask("lock", folder)),
        );
        expect(answers.toSorted(), `round ${round}`).toEqual([
          ...Array(RACERS - 1).fill("ERR_FOLDER_IN_USE"),
          "held",
        ]);
        await Promise.all(racers.slice(-RACERS).map((racer) => racer.ask("release", folder)));
      }
    } finally {
      await Promise.all(racers.map((racer) => racer.kill()));
    }
  });

  it("rejects a second owner in the same process, and names the process", async () => {
    const folder = temporaryFolder();
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`process ${process.pid} has ${folder} open`);
    unlock();
    lockFolder(folder)();
  });

  it("ignores a stale process id that another process has now", () => {
    const folder = temporaryFolder();
    // Process 1 is another running process: in a container, process ids are reused.
    writeFileSync(join(folder, "process.lock"), "1\n");
    lockFolder(folder)();
  });
});

interface Racer {
  ask(command: "lock" | "release", folder: string): Promise<string>;
  kill(): Promise<void>;
}

/** Starts a process that takes and releases locks on command. */
function startRacer(): Racer {
  const script = fileURLToPath(new URL("lock-racer.mjs", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: Interface = createInterface({ input: child.stdout as never });
  const closed = once(child, "close");
  return {
    async ask(command, folder) {
      const answer = once(lines, "line");
      const ended = closed.then(() => {
        throw new Error("the racer has ended");
      });
      child.stdin?.write(`${JSON.stringify({ command, folder })}\n`);
      return (await Promise.race([answer, ended]))[0];
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
