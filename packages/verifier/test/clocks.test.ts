// Clocks that are set, of one process and of several: no request is accepted twice.
import { setTimeout as wait } from "node:timers/promises";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier, type Verifier } from "@oauth1/verifier";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { kinds } from "./nonces/stores.js";
import { client, credentialStore, signed } from "./verifying-server.js";

/** Real nonces expire in real time, so the defaults of 300 and 60 seconds would take too long. */
const TOLERANCE = 2;
const SKEW = 1;
/** Also added to the time for which nonces are remembered. */
const TIMEOUT = 1;
const TICK = 500;

/** What happens to the clocks of the processes. All begin at the same moment. */
interface Scenario {
  readonly name: string;
  /** For each process the seconds by which its clock is ahead, by the seconds since the start. */
  readonly ahead: readonly ((seconds: number) => number)[];
  readonly clockSkew?: number;
  /** The real seconds after which every timestamp that was accepted is too old. */
  readonly seconds: number;
}

interface Accepted {
  readonly request: ReturnType<typeof sign>;
  readonly timestamp: number;
  readonly at: number;
}

const right = () => 0;
const steps =
  (...changes: readonly (readonly [from: number, ahead: number])[]) =>
  (seconds: number) =>
    changes.findLast(([from]) => from <= seconds)?.[1] ?? 0;

const scenarios: readonly Scenario[] = [
  { name: "a clock that jumps forward and back", ahead: [steps([2, 8], [4, 0])], seconds: 17 },
  {
    name: "a clock that is ahead from the start, and set back",
    ahead: [steps([0, 8], [2, 0])],
    seconds: 15,
  },
  {
    name: "a clock that jumps back and forward",
    ahead: [steps([6, -6], [10, 0])],
    seconds: 14,
  },
  { name: "a clock that is set back", ahead: [steps([5, -5])], seconds: 12 },
  {
    name: "a clock that jumps often",
    ahead: [steps([1, 6], [3, -4], [4, 3], [6, -7], [8, 7], [9, 0], [11, -3], [12, 0])],
    seconds: 18,
  },
  { name: "a leap second, which repeats a second", ahead: [steps([4, -1])], seconds: 10 },
  {
    name: "a leap second that one of two processes repeats later",
    ahead: [steps([4, -1]), steps([6, -1])],
    seconds: 12,
  },
  {
    name: "two processes whose clocks differ by the skew",
    ahead: [() => -2, () => 2],
    clockSkew: 4,
    seconds: 14,
  },
  {
    name: "two processes, of which the clock of one jumps forward and back",
    ahead: [steps([2, 8], [4, 0]), right],
    seconds: 17,
  },
  {
    name: "two processes whose clocks are set back together",
    ahead: [steps([5, -5], [9, 0]), steps([5, -5], [9, 0])],
    seconds: 15,
  },
];

for (const kind of kinds) {
  describe.skipIf(kind.isMissing)(kind.name, { concurrent: true }, () => {
    const possible = scenarios.filter(({ ahead }) => kind.name !== "memory" || ahead.length === 1);

    // All scenarios run at the same time, because each of them waits.
    it(`accepts no request twice: ${possible.length} scenarios`, async () => {
      const stores = await kind.open();
      try {
        const results = await Promise.all(
          possible.map(async (scenario) => [scenario.name, await play(scenario)] as const),
        );
        expect(Object.fromEntries(results)).toEqual(
          Object.fromEntries(possible.map(({ name }) => [name, []])),
        );
      } finally {
        await stores.close();
      }

      async function play({ name, ahead, seconds, clockSkew = SKEW }: Scenario) {
        const start = Date.now();
        const since = () => (Date.now() - start) / 1000;
        const clocks = ahead.map((by) => () => Math.floor(Date.now() / 1000) + by(since()));
        const group = await stores.createGroup(
          clocks.map((clock) => ({ clock, clockSkew, sweepInterval: 1, timeout: TIMEOUT * 1000 })),
        );
        const processes = group.map((nonces, index) => {
          const clock = clocks[index] ?? (() => 0);
          const verifier = createVerifier({
            credentials: credentialStore(),
            nonces,
            signatureMethods: [hmacSha1],
            timestampTolerance: TOLERANCE,
            clock,
          });
          return { verifier, clock };
        });

        const accepted: Accepted[] = [];
        const told: Record<string, number> = {};
        const replays: string[] = [];
        while (since() < seconds) {
          for (const { verifier, clock } of processes) {
            const now = clock();
            for (const old of [...accepted]) {
              if (Math.abs(old.timestamp - now) > TOLERANCE + 1) continue;
              if (await isAccepted(verifier, old.request)) {
                replays.push(`accepted at ${old.at.toFixed(1)} s and ${since().toFixed(1)} s`);
              }
            }
            for (const timestamp of [now - TOLERANCE, now, now + TOLERANCE]) {
              const request = sign(timestamp);
              if (await isAccepted(verifier, request))
                accepted.push({ request, timestamp, at: since() });
            }
          }
          await wait(TICK);
        }
        // Not after problems of the server only.
        expect({ name, accepted: accepted.length, told }).not.toMatchObject({ accepted: 0 });
        return replays;

        async function isAccepted({ verify }: Verifier, request: ReturnType<typeof sign>) {
          const result = await verify(request);
          if (!result.verified) told[result.problem] = (told[result.problem] ?? 0) + 1;
          return result.verified;
        }
      }
    }, 120_000);
  });
}

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
  }, 120_000);
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

function sign(timestamp: number) {
  return signed(
    { method: "GET", url: "https://api.example.com/photos" },
    { client, token: undefined, clock: () => timestamp },
  );
}
