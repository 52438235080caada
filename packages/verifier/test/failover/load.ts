import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const PATIENCE = 60_000; // milliseconds

/** Processes that spend nonces, each of them twice, in neighbouring processes. */
export interface Load {
  /** Resolves when this many more calls were answered or failed. */
  more(calls: number): Promise<void>;
  /** Ends the load, spends what was accepted again, and ends the processes. */
  replay(): Promise<Figures>;
}

/** The answers that the processes received. */
export interface Figures {
  readonly calls: number;
  /** Nonces that were fresh at least once. */
  readonly accepted: number;
  /** How often the store did not answer. */
  readonly failures: number;
  /** Nonces that were fresh a second time, under load or afterwards. */
  readonly replays: number;
}

/** Starts one process for each kind of client, and the load when all are connected. */
export async function startLoad(
  kinds: readonly string[],
  urls: readonly string[],
  options: object,
): Promise<Load> {
  const timestamp = Math.floor(Date.now() / 1000);
  const processes = kinds.map((kind, index) => {
    const names = `${index}`;
    const neighbour = `${(index + 1) % kinds.length}`;
    const told = { kind, urls, options, names, neighbour, timestamp };
    return fork(join(import.meta.dirname, "spender.mjs"), [JSON.stringify(told)]);
  });
  let calls = 0;
  for (const one of processes) {
    one.on("message", (message: { spent?: number }) => {
      calls += message.spent ?? 0;
    });
  }
  await Promise.all(processes.map((one) => once(one, "message")));
  for (const one of processes) one.send({});
  return {
    async more(wanted) {
      const until = calls + wanted;
      const deadline = Date.now() + PATIENCE;
      while (calls < until) {
        if (Date.now() > deadline) throw new Error(`only ${calls} of ${until} calls in time`);
        await wait(20);
      }
    },
    async replay() {
      try {
        const answers = await Promise.all(processes.map((one) => ask(one, {}, "accepted")));
        const accepted = answers.flatMap((answer) => answer.accepted);
        const once = new Set(accepted);
        const again = await ask(processes[0], { replay: [...once] }, "fresh");
        return {
          calls,
          accepted: once.size,
          failures: answers.reduce((sum, answer) => sum + answer.failures, 0),
          replays: accepted.length - once.size + again.fresh.length,
        };
      } finally {
        for (const one of processes) one.kill("SIGKILL");
      }
    },
  };
}

interface Answer {
  readonly accepted: string[];
  readonly failures: number;
  readonly fresh: string[];
}

function ask(one: ChildProcess | undefined, message: object, part: keyof Answer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    one?.on("message", (answer: Answer) => {
      if (part in answer) resolve(answer);
    });
    one?.once("exit", () => reject(new Error("a spending process ended")));
    one?.send(message);
  });
}
