import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { afterEach, describe, expect, it } from "vitest";
import { lockFolder } from "../src/database/folder-lock.js";
import { keepVacuumed } from "../src/database/vacuum.js";
import { openInstallation } from "../src/index.js";
import { freshFolder } from "./installations.js";

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

describe("the lock of the data folder", { timeout: 600_000 }, () => {
  it(`has one owner when ${RACERS} processes race for it after a kill, ${ROUNDS} times`, async () => {
    const racers = Array.from({ length: RACERS + 1 }, () => startRacer());
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const folder = temporaryFolder();
        // A process with the lock is killed, so what it wrote into the folder is stale.
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

  it("rejects a second installation in the same process, and names the process", async () => {
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

describe.skipIf(process.platform === "win32")("the modes of a data folder", () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777;

  it("allow only the owner in a new folder", async () => {
    const dataFolder = join(temporaryFolder(), "new");
    await (await openInstallation({ dataFolder })).close();
    expect(modeOf(dataFolder)).toBe(0o700);
    expect(modeOf(join(dataFolder, "pglite"))).toBe(0o700);
    expect(readableByOthers(dataFolder)).toEqual([]);
  });

  it("close an existing folder that other users could enter", async () => {
    const { dataFolder } = freshFolder();
    folders.push(dataFolder);
    for (const folder of [dataFolder, join(dataFolder, "pglite")]) chmodSync(folder, 0o755);
    expect(readableByOthers(dataFolder).length).toBeGreaterThan(100);
    await (await openInstallation({ dataFolder })).close();
    expect(modeOf(dataFolder)).toBe(0o700);
    expect(readableByOthers(dataFolder)).toEqual([]);
  });

  it("do not close a folder with other files, but close the database in it", async () => {
    const dataFolder = temporaryFolder();
    chmodSync(dataFolder, 0o755);
    mkdirSync(join(dataFolder, "public"));
    await (await openInstallation({ dataFolder })).close();
    expect(modeOf(dataFolder)).toBe(0o755);
    expect(readableByOthers(dataFolder).filter((path) => !path.endsWith("/public"))).toEqual([]);
  });
});

describe("the embedded database", () => {
  it("reclaims the space of expired nonces", async () => {
    const { dataFolder } = freshFolder();
    folders.push(dataFolder);
    const installation = await openInstallation({ dataFolder });
    const stop = keepVacuumed(installation.client, 20);
    let now = 1_800_000_000;
    const nonces = postgresNonceStore(installation.client, {
      clock: () => now,
      sweepInterval: null,
    });
    const size = async () => {
      const { rows } = await installation.client.query(
        "select pg_relation_size('oauth1_nonces')::integer as size",
        [],
      );
      return (rows[0] as { size: number }).size;
    };
    const sizes = [];
    for (let round = 0; round < 8; round++) {
      for (let index = 0; index < 500; index++) {
        await nonces.spend({
          client: "c",
          token: "t",
          timestamp: now,
          nonce: `${round} ${index}`,
          expires: now + 300,
        });
      }
      sizes.push(await size());
      now += 1000;
      await nonces.sweep();
      await expect.poll(size).toBeLessThan(sizes[0] as number);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * (sizes[0] as number));
    stop();
    await installation.close();
  });

  it("opens only once at a time", async () => {
    const { dataFolder } = freshFolder();
    folders.push(dataFolder);
    const first = await openInstallation({ dataFolder });
    await expect(openInstallation({ dataFolder })).rejects.toMatchObject({
      code: "ERR_FOLDER_IN_USE",
    });
    await first.close();
    await (await openInstallation({ dataFolder })).close();
  });
});

/** Returns the files and folders that other users can read or enter if they know the names. */
function readableByOthers(folder: string): string[] {
  if ((statSync(folder).mode & 0o001) === 0) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const found = (statSync(path).mode & 0o077) === 0 ? [] : [path];
    return entry.isDirectory() ? [...found, ...readableByOthers(path)] : found;
  });
}

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
