import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { createAccount } from "../src/admin.js";
import { createKey, type Installation, SYSTEM } from "../src/index.js";
import type { heldKeys } from "./held-keys.mjs";
import { WEATHER_BOT } from "./installations.js";

type Held = Awaited<ReturnType<typeof heldKeys>>;
/** The secrets that keys must have; `undefined` while a rotation is not acknowledged. */
export type Acknowledged = Map<string, string | undefined>;

/** Requires every acknowledged key with its secret, and no partly written key. */
export function requireAll(
  acknowledged: ReadonlyMap<string, string | undefined>,
  held: Held,
): void {
  expect(held.filter(({ whole }) => !whole)).toEqual([]);
  const secrets = new Map(held.map(({ id, secret }) => [id, secret]));
  const lost = [...acknowledged].filter(
    ([id, secret]) => !secrets.has(id) || (secret !== undefined && secrets.get(id) !== secret),
  );
  expect(lost).toEqual([]);
}

/** Starts a process that waits until it may write, and records what is acknowledged. */
export function startWriter(
  dataFolder: string,
  acknowledged: Acknowledged,
  { execArgv = [], env = {} }: { execArgv?: string[]; env?: Record<string, string> } = {},
) {
  const script = fileURLToPath(new URL("writing-process.mjs", import.meta.url));
  const child = spawn(process.execPath, [...execArgv, script, dataFolder], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  // All its output was read, and the process has ended.
  const closed = Promise.all([once(lines, "close"), once(child, "close")]);
  const held = new Promise<Held>((resolve, reject) => {
    lines.on("line", (text) => {
      const line = JSON.parse(text);
      if (line.held) resolve(line.held);
      if (line.rotating) acknowledged.set(line.rotating, undefined);
      if (line.made) acknowledged.set(line.made.id, line.made.secret);
    });
    closed.then(() => reject(new Error("the writer must open the database before it ends")));
  });
  held.catch(() => {});
  return {
    begin: () => {
      child.stdin.write("begin\n");
      return held;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** Creates keys in this process until it is stopped, also while the server of the database is down. */
export function startWriting(installation: Installation, acknowledged: Acknowledged) {
  let isStopped = false;
  let quiet: Promise<void> | undefined;
  const writing = (async () => {
    while (!isStopped) {
      const accountId = randomBytes(8).toString("hex");
      try {
        await createAccount(installation, { id: accountId, name: "Crash" });
        for (let count = 0; count < 90 && !isStopped; count++) {
          const made = await createKey(installation, accountId, SYSTEM, WEATHER_BOT);
          acknowledged.set(made.key.id, made.credentials.client.sharedSecret);
          await quiet;
        }
      } catch {
        await wait(10); // the server is down
      }
    }
  })();
  return {
    /** Writes nothing while the keys are compared, to keep their number small. */
    pauseFor(compare: () => Promise<void>): Promise<void> {
      quiet = compare();
      return quiet;
    },
    async stop(): Promise<void> {
      isStopped = true;
      await writing;
    },
  };
}
