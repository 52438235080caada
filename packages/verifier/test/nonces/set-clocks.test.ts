// Clocks that are set, in virtual time: no nonce is accepted twice.
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

describe("random clocks", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const skew = 5;
  const tolerance = 20;
  const set = fc.record({
    wait: fc.integer({ min: 0, max: 60 }),
    ahead: fc.integer({ min: -90, max: 90 }),
  });

  it("accepts no nonce twice in virtual time, by a server that forgets it when it expires", async () => {
    let passed = 0;
    vi.spyOn(performance, "now").mockImplementation(() => passed * 1000);
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(set, { maxLength: 8 }),
        fc.boolean(),
        fc.integer({ min: 0, max: skew }),
        async (changes, isOneProcess, apart) => {
          passed = 0;
          const expiries = new Map<string, number>();
          /** `SET key "" EX seconds NX` */
          const call = async (_set: string, key: string, ...[, , seconds]: string[]) => {
            if ((expiries.get(key) ?? 0) > passed) return null;
            expiries.set(key, passed + Number(seconds));
            return "OK";
          };
          // Both are set together, so that they never differ by more than the skew.
          const ahead = [0, apart];
          const stores = ahead.map((_, index) =>
            redisNonceStore(
              { call },
              { clock: () => 1000 + passed + (ahead[index] ?? 0), clockSkew: skew, timeout: 1 },
            ),
          );
          const fresh = new Set<number>();
          for (const change of [...changes, { wait: 60, ahead: 0 }]) {
            for (const end = passed + change.wait; passed < end; passed++) {
              for (const [index, store] of stores.entries()) {
                if (isOneProcess && index > 0) continue;
                const now = 1000 + passed + (ahead[index] ?? 0);
                for (
                  let timestamp = now - tolerance;
                  timestamp <= now + tolerance;
                  timestamp += 4
                ) {
                  const nonce = { client: "client", token: undefined, nonce: "nonce" };
                  const expires = timestamp + tolerance;
                  if ((await store.spend({ ...nonce, timestamp, expires })) !== "fresh") continue;
                  expect(fresh).not.toContain(timestamp);
                  fresh.add(timestamp);
                  accepted++;
                }
              }
            }
            ahead[0] = change.ahead;
            ahead[1] = change.ahead + apart;
          }
        },
      ),
      { numRuns: Number(process.env["CLOCK_RUNS"] ?? 60) },
    );
    expect(accepted).toBeGreaterThan(1000);
  });
});

describe("what a shared store rejects", () => {
  const START = 1_191_242_096;
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** A store with the default skew, a clock that can be set, and the seconds that keys are kept. */
  function settable() {
    let passed = 0;
    let ahead = 0;
    vi.spyOn(performance, "now").mockImplementation(() => passed * 1000);
    const kept: number[] = [];
    const call = async (...words: string[]) => {
      kept.push(Number(words[4]));
      return "OK";
    };
    const clock = () => START + Math.floor(passed) + ahead;
    const store = redisNonceStore({ call }, { clock });
    return {
      kept,
      pass: (seconds: number) => {
        passed += seconds;
      },
      set: (by: number) => {
        ahead += by;
      },
      /** Spends a nonce whose timestamp differs from the clock by some seconds. */
      spend(difference = 0) {
        const timestamp = clock() + difference;
        const expires = timestamp + 300;
        const nonce = { client: "client", token: undefined, timestamp, nonce: "nonce", expires };
        return store.spend(nonce);
      },
    };
  }

  it("nothing more after a jump of ten minutes forward and back, because nonces are kept longer", async () => {
    const { kept, pass, set, spend } = settable();
    expect(await spend()).toBe("fresh");
    pass(10);
    set(600);
    expect(await spend(300)).toBe("fresh");
    pass(10);
    set(-600);
    for (const difference of [-300, 0, 300]) expect(await spend(difference)).toBe("fresh");
    expect(kept).toEqual([362, 1262, 62, 362, 662]);
  });

  it("keeps nonces as before two hours after a jump forward", async () => {
    const { kept, pass, set, spend } = settable();
    set(600);
    for (let minute = 0; minute < 130; minute++) {
      await spend();
      pass(60);
    }
    expect([kept.at(0), kept.at(-1)]).toEqual([962, 362]);
  });

  it("keeps nonces at most a day longer after the first setting of the clock", async () => {
    const { kept, set, spend } = settable();
    set(10 * 365 * 86_400);
    await spend();
    expect(kept).toEqual([86_762]);
  });

  it("every request after the clock is set back by ten minutes, until what was accepted is too old", async () => {
    const { pass, set, spend } = settable();
    expect(await spend()).toBe("fresh");
    set(-600);
    expect(await spend()).toBe("stale");
    pass(959);
    expect(await spend()).toBe("stale");
    pass(2);
    expect(await spend()).toBe("fresh");
  });

  it("only old timestamps after the clock is set back by less than the tolerance", async () => {
    const { pass, set, spend } = settable();
    await spend();
    pass(1000);
    set(-200);
    expect(await spend(-100)).toBe("stale");
    for (const difference of [-99, 0, 300]) expect(await spend(difference)).toBe("fresh");
  });

  it("nothing more after a leap second", async () => {
    const { pass, set, spend } = settable();
    await spend();
    pass(1);
    set(-1);
    for (const difference of [-300, 0, 300]) expect(await spend(difference)).toBe("fresh");
  });
});
