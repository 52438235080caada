import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type SpendableNonce, VerifierError } from "@oauth1/verifier";
import { memoryNonceStore, NonceStoreError } from "@oauth1/verifier/nonces/memory";
import { describe, expect, it } from "vitest";
import { memoryStores } from "./memory-stores.js";
import { testStores } from "./store-tests.js";

const START = 1_191_242_096; // a multiple of 8, like the limits of its buckets
const TOLERANCE = 300;

function nonceAt(timestamp: number, nonce: number | string = 0): SpendableNonce {
  return {
    client: "dpf43f3p2l4k3l03",
    token: undefined,
    timestamp,
    nonce: String(nonce),
    expires: timestamp + TOLERANCE,
  };
}

testStores(memoryStores);

describe("the capacity", () => {
  it("is enforced: the store fails closed, keeps its nonces, and continues when the oldest have expired", () => {
    let now = START;
    const store = memoryNonceStore({ capacity: 3, clock: () => now });
    const other = { ...nonceAt(START + 8), client: "other" };
    expect(store.spend(nonceAt(START, 1))).toBe("fresh");
    expect(store.spend(nonceAt(START + 8, 2))).toBe("fresh");
    expect(store.spend(other)).toBe("fresh");
    expect(store.size).toBe(3);
    const third = { ...nonceAt(START), client: "third" };
    expect(errorOf(() => store.spend(third)).code).toBe("ERR_NONCES_FULL");
    expect(store.spend(nonceAt(START, 1))).toBe("used");
    expect(store.size).toBe(3);

    const error = errorOf(() => store.spend(third));
    now += Number(error.retryAfter) - 1;
    expect(errorOf(() => store.spend(third)).retryAfter).toBe(1);
    now += 1;
    expect(store.spend({ ...nonceAt(now), client: "third" })).toBe("fresh");
    expect(store.size).toBe(3);
    expect(store.spend(other)).toBe("used");
    expect(store.spend(nonceAt(START, 1))).toBe("stale");
  });

  it("leaves space for others when one client fills its share, and frees it again", () => {
    let now = START;
    const capacity = 10_000;
    const store = memoryNonceStore({ capacity, clock: () => now });
    let accepted = 0;
    let rejected: NonceStoreError | undefined;
    for (let index = 0; index < capacity; index++) {
      try {
        if (store.spend(nonceAt(now, index)) === "fresh") accepted++;
      } catch (error) {
        rejected = error as NonceStoreError;
      }
    }
    expect(rejected?.code).toBe("ERR_NONCES_SHARE");
    expect(accepted).toBe(capacity / 2);
    // A hundred others continue, each with a fair number of requests.
    for (let index = 0; index < 40; index++) {
      for (let client = 0; client < 100; client++) {
        const nonce = { ...nonceAt(now, index), client: `client ${client}` };
        expect(store.spend(nonce)).toBe("fresh");
      }
    }
    now += TOLERANCE + 8;
    for (let index = 0; index < capacity / 2; index++) {
      expect(store.spend(nonceAt(now, index))).toBe("fresh");
    }
  });

  it("leaves space for others however many clients fill their share", () => {
    const capacity = 10_000;
    const store = memoryNonceStore({ capacity, clock: () => START });
    for (let round = 0; round < 200; round++) {
      for (let client = 0; client < 99; client++) {
        try {
          store.spend({ ...nonceAt(START, round), client: `greedy ${client}` });
        } catch (error) {
          expect(error).toMatchObject({ code: "ERR_NONCES_SHARE" });
        }
      }
    }
    // A hundred shares of a hundred, less if two clients are in the same of 65,536 groups.
    expect(capacity - store.size).toBeGreaterThan(90);
    expect(store.spend({ ...nonceAt(START), client: "modest" })).toBe("fresh");
  });

  it("must be a positive integer", () => {
    for (const capacity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => memoryNonceStore({ capacity })).toThrow(VerifierError);
    }
  });
});

describe("the start", () => {
  it("rejects earlier timestamps", () => {
    const store = memoryNonceStore({ clock: () => START });
    expect(store.spend(nonceAt(START - 1))).toBe("stale");
    expect(store.spend(nonceAt(START))).toBe("fresh");
    expect(store.spend(nonceAt(START + TOLERANCE))).toBe("fresh");
  });

  it("rejects other timestamps, or none, if set", () => {
    const later = memoryNonceStore({ clock: () => START, since: START + TOLERANCE });
    expect(later.spend(nonceAt(START + TOLERANCE - 1))).toBe("stale");
    expect(later.spend(nonceAt(START + TOLERANCE))).toBe("fresh");
    const always = memoryNonceStore({ clock: () => START, since: 0 });
    expect(always.spend(nonceAt(START - TOLERANCE))).toBe("fresh");
  });

  it("is now by default", () => {
    const store = memoryNonceStore();
    const now = Math.floor(Date.now() / 1000);
    expect(store.spend(nonceAt(now - 2))).toBe("stale");
    expect(store.spend(nonceAt(now + 1))).toBe("fresh");
  });
});

describe("forgetting", () => {
  it("keeps every nonce that can be replayed, and none for more than eight seconds longer", () => {
    let now = START;
    const store = memoryNonceStore({ clock: () => now });
    for (let second = 0; second < 3600; second++) {
      now = START + second;
      expect(store.spend(nonceAt(now))).toBe("fresh");
      expect(store.size).toBeLessThanOrEqual(TOLERANCE + 1 + 8);
      const earliest = Math.max(START, now - TOLERANCE);
      expect(store.spend(nonceAt(earliest))).toBe("used");
    }
  });

  it("accepts nothing twice when the clock goes back", () => {
    let now = START;
    const store = memoryNonceStore({ clock: () => now });
    expect(store.spend(nonceAt(START))).toBe("fresh");
    now = START + 10_000;
    expect(store.spend(nonceAt(now))).toBe("fresh");
    now = START;
    expect(store.spend(nonceAt(START))).toBe("stale");
  });

  it("accepts nothing twice for a verifier that accepts timestamps for longer", () => {
    let now = START;
    const store = memoryNonceStore({ clock: () => now });
    expect(store.spend(nonceAt(START))).toBe("fresh");
    now = START + TOLERANCE + 100;
    expect(store.spend(nonceAt(now))).toBe("fresh");
    const patient = { ...nonceAt(START), expires: START + 10 * TOLERANCE };
    expect(store.spend(patient)).not.toBe("fresh");
  });
});

describe("memory", () => {
  it("takes at most 40 bytes per nonce, for a million nonces", () => {
    const program = join(import.meta.dirname, "octets-a-nonce.mjs");
    const output = execFileSync(process.execPath, ["--expose-gc", program], { encoding: "utf8" });
    expect(Number(output)).toBeGreaterThan(16);
    expect(Number(output)).toBeLessThanOrEqual(40);
  });
});

function errorOf(action: () => unknown): NonceStoreError {
  try {
    action();
  } catch (error) {
    if (error instanceof NonceStoreError) return error;
  }
  throw new Error("no NonceStoreError");
}
