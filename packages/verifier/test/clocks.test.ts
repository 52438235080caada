// Clocks that are set, of one process and of several: no request is accepted twice.
import { setTimeout as wait } from "node:timers/promises";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier, type Verifier } from "@oauth1/verifier";
import { describe, expect, it } from "vitest";
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
    });
  });
}

function sign(timestamp: number) {
  return signed(
    { method: "GET", url: "https://api.example.com/photos" },
    { client, token: undefined, clock: () => timestamp },
  );
}
