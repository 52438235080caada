// Tests that every store must pass.
import type { NonceStore, SpendableNonce } from "@oauth1/verifier";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedStores, StoreKind } from "./store-kind.js";

const TOLERANCE = 300;
const START = 1_191_242_096;
const first: SpendableNonce = {
  client: "dpf43f3p2l4k3l03",
  token: "nnch734d00sl2jdk",
  timestamp: START,
  nonce: "kllo9940pd9333jh",
  expires: START + TOLERANCE,
};

/** Adds the tests that a kind of store must pass. */
export function testStores(kind: StoreKind): void {
  describe.skipIf(kind.isMissing)(kind.name, () => {
    let stores: OpenedStores;
    beforeAll(async () => {
      stores = await kind.open();
    });
    afterAll(() => stores.close());

    let now = START;
    const createStore = () => {
      now = START;
      return stores.create({ clock: () => now });
    };

    it("spends a nonce once", async () => {
      const store = await createStore();
      expect(await store.spend(first)).toBe("fresh");
      expect(await store.spend(first)).toBe("used");
      expect(await store.spend(first)).toBe("used");
    });

    it("spends a nonce once for each timestamp, client and token (RFC 5849 §3.3)", async () => {
      const store = await createStore();
      const others: SpendableNonce[] = [
        first,
        { ...first, nonce: "kllo9940pd9333ji" },
        { ...first, nonce: "Kllo9940pd9333jh" },
        { ...first, nonce: "" },
        { ...first, client: "dpf43f3p2l4k3l04" },
        { ...first, token: "nnch734d00sl2jdl" },
        { ...first, token: undefined },
        { ...first, token: "" },
        { ...first, token: "null" },
        { ...first, timestamp: START + 1, expires: START + 1 + TOLERANCE },
        { ...first, timestamp: START - 1, expires: START - 1 + TOLERANCE },
      ];
      for (const nonce of others) expect(await store.spend(nonce), nonce.nonce).toBe("fresh");
      for (const nonce of others) expect(await store.spend(nonce), nonce.nonce).toBe("used");
    });

    it("distinguishes adjacent texts that are split differently", async () => {
      const store = await createStore();
      const texts = [
        ["ab", "c", "d"],
        ["a", "bc", "d"],
        ["a", "b", "cd"],
        ["", "abc", "d"],
        ["abcd", "", ""],
        ["abc", undefined, "d"],
        ["ab", undefined, "cd"],
        ['a","b', "c", "d"],
        ["a", 'b","c', "d"],
        ["a:b", "c", "d"],
        ["a", "b:c", "d"],
        ["a\0b", "c", "d"],
        ["a", "b\0c", "d"],
      ] as const;
      for (const [client, token, nonce] of texts) {
        expect(await store.spend({ ...first, client, token, nonce })).toBe("fresh");
      }
    });

    it("distinguishes any texts", async () => {
      const store = await createStore();
      // U+2603 and the four after it differ in a few bits only.
      const texts = [
        "☃",
        "\u0103",
        "\u0143",
        "\u1103",
        "\u0203",
        "é",
        "e\u0301",
        "é\0",
        "\0",
        "\0\0",
        "\u{1f600}",
        "\ud83d",
        "\ude00",
      ];
      texts.push("a".repeat(100_000), `${"a".repeat(99_999)}b`, "é".repeat(100_000));
      for (const nonce of texts) expect(await store.spend({ ...first, nonce })).toBe("fresh");
      for (const nonce of texts) expect(await store.spend({ ...first, nonce })).toBe("used");
      for (const client of texts) expect(await store.spend({ ...first, client })).toBe("fresh");
      // Stores that have seen no long text before.
      const ofTokens = await createStore();
      for (const token of texts.toReversed()) {
        expect(await ofTokens.spend({ ...first, token })).toBe("fresh");
      }
      const ofOne = await createStore();
      const client = "é".repeat(165);
      expect(await ofOne.spend({ ...first, client, token: undefined, nonce: "" })).toBe("fresh");
    });

    it("accepts one of many concurrent calls", async () => {
      const store = await createStore();
      const answers = await Promise.all(Array.from({ length: 200 }, () => store.spend(first)));
      expect(answers.filter((answer) => answer === "fresh")).toHaveLength(1);
      expect(answers.filter((answer) => answer === "used")).toHaveLength(199);
    });

    it("remembers a nonce as long as its timestamp is accepted", async () => {
      const store = await createStore();
      expect(await store.spend(first)).toBe("fresh");
      now = first.expires;
      expect(await store.spend(first)).toBe("used");
      for (const later of [1, 60, 61, 62, 10_000]) {
        now = first.expires + later;
        expect(await store.spend(first)).not.toBe("fresh");
        expect(await store.spend({ ...first, timestamp: now, expires: now + 1 })).toBe("fresh");
      }
      expect(await store.spend(first)).toBe("stale");
    });

    it("remembers a nonce for a verifier with another tolerance", async () => {
      const store = await createStore();
      expect(await store.spend(first)).toBe("fresh");
      expect(await store.spend({ ...first, expires: first.expires + 86_400 })).toBe("used");
      expect(await store.spend({ ...first, expires: START })).toBe("used");
    });

    it("behaves like a set for any calls in any order", async () => {
      const text = fc.oneof(fc.constantFrom("", "a", "b"), fc.string({ unit: "binary" }));
      const nonces = fc.array(
        fc.record({
          client: text,
          token: fc.option(text, { nil: undefined }),
          timestamp: fc.integer({ min: START - TOLERANCE, max: START + TOLERANCE }),
          nonce: text,
        }),
        { maxLength: 60 },
      );
      await fc.assert(
        fc.asyncProperty(nonces, async (sequence) => {
          const store = await createStore();
          const model = new Set<string>();
          for (const nonce of sequence) {
            const { client, token, timestamp } = nonce;
            const member = JSON.stringify([
              client,
              token === undefined,
              token,
              timestamp,
              nonce.nonce,
            ]);
            const expected = model.has(member) ? "used" : "fresh";
            model.add(member);
            expect(await spend(store, nonce)).toBe(expected);
          }
        }),
        { numRuns: kind.name === "memory" ? 300 : 15 },
      );
    });
  });
}

function spend(store: NonceStore, nonce: Omit<SpendableNonce, "expires">) {
  return store.spend({ ...nonce, expires: nonce.timestamp + TOLERANCE });
}
