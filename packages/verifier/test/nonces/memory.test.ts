import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { SpendableNonce } from "@oauth1/verifier";
import { memoryNonceStore, NonceStoreError } from "@oauth1/verifier/nonces/memory";
import { describe, expect, it } from "vitest";

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

describe("the bound", () => {
  it("fails closed, knows what it holds, and goes on when the oldest have expired", () => {
    let now = START;
    const store = memoryNonceStore({ capacity: 3, clock: () => now });
    expect(store.spend(nonceAt(START, 1))).toBe("fresh");
    expect(store.spend(nonceAt(START + 8, 2))).toBe("fresh");
    expect(store.spend(nonceAt(START + 8, 3))).toBe("fresh");
    expect(store.size).toBe(3);
    expect(() => store.spend(nonceAt(START, 4))).toThrow(NonceStoreError);
    expect(store.spend(nonceAt(START, 1))).toBe("used");
    expect(store.size).toBe(3);

    const error = errorOf(() => store.spend(nonceAt(START, 4)));
    expect(error.code).toBe("ERR_NONCES_FULL");
    now += Number(error.retryAfter) - 1;
    expect(errorOf(() => store.spend(nonceAt(now, 4))).retryAfter).toBe(1);
    now += 1;
    expect(store.spend(nonceAt(now, 4))).toBe("fresh");
    expect(store.size).toBe(3);
    expect(store.spend(nonceAt(START + 8, 2))).toBe("used");
    expect(store.spend(nonceAt(START, 1))).toBe("stale");
  });

  it("is a positive integer", () => {
    for (const capacity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => memoryNonceStore({ capacity })).toThrow(RangeError);
    }
  });
});

describe("the start", () => {
  it("refuses timestamps from before it", () => {
    const store = memoryNonceStore({ clock: () => START });
    expect(store.spend(nonceAt(START - 1))).toBe("stale");
    expect(store.spend(nonceAt(START))).toBe("fresh");
    expect(store.spend(nonceAt(START + TOLERANCE))).toBe("fresh");
  });

  it("refuses other timestamps, or none, where it is told so", () => {
    const later = memoryNonceStore({ clock: () => START, since: START + TOLERANCE });
    expect(later.spend(nonceAt(START + TOLERANCE - 1))).toBe("stale");
    expect(later.spend(nonceAt(START + TOLERANCE))).toBe("fresh");
    const always = memoryNonceStore({ clock: () => START, since: 0 });
    expect(always.spend(nonceAt(START - TOLERANCE))).toBe("fresh");
  });

  it("is now where it is left out", () => {
    const store = memoryNonceStore();
    const now = Math.floor(Date.now() / 1000);
    expect(store.spend(nonceAt(now - 2))).toBe("stale");
    expect(store.spend(nonceAt(now + 1))).toBe("fresh");
  });
});

describe("forgetting", () => {
  it("holds what may be replayed, and nothing for eight seconds longer", () => {
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
  it("takes at most 40 octets a nonce, by a million", () => {
    const program = join(import.meta.dirname, "octets-a-nonce.mjs");
    const output = execFileSync(process.execPath, ["--expose-gc", program], { encoding: "utf8" });
    expect(Number(output)).toBeGreaterThan(16);
    expect(Number(output)).toBeLessThanOrEqual(40);
  }, 30_000);
});

function errorOf(action: () => unknown): NonceStoreError {
  try {
    action();
  } catch (error) {
    if (error instanceof NonceStoreError) return error;
  }
  throw new Error("no NonceStoreError");
}
