import { setTimeout as wait } from "node:timers/promises";

const PATIENCE = 60_000; // milliseconds

/** Waits until a condition is met. If the check throws, the condition is not met. */
export async function until(what: string, isMet: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    let last: unknown;
    const met = await isMet().catch((error: unknown) => {
      last = error;
      return false;
    });
    if (met) return;
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`, { cause: last });
    await wait(100);
  }
}
