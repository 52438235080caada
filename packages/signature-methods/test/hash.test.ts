import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HashFunction } from "../dist/hash/hash-function.js";

const text = () => fc.string({ unit: "binary", maxLength: 200 });

// The names of the exports are those of node:crypto.
const byNode: Record<string, HashFunction> = { ...(await import("../dist/hash/hashes-node.js")) };
const byWeb: Record<string, HashFunction> = { ...(await import("../dist/hash/hashes-web.js")) };

it("are the same on both platforms", () => {
  expect(Object.keys(byWeb)).toEqual(Object.keys(byNode));
  expect(Object.keys(byNode)).toContain("sha256");
});

describe.each(Object.entries(byNode))("%s of both platforms", (algorithm, node) => {
  const web = byWeb[algorithm] as HashFunction;

  it("computes the same HMAC as node:crypto, with one key for many texts", () => {
    fc.assert(
      fc.property(text(), fc.array(text(), { maxLength: 5 }), (key, texts) => {
        const onNode = node.prepareHmac(key);
        const onWeb = web.prepareHmac(key);
        for (const each of texts) {
          const expected = createHmac(algorithm, key).update(each).digest("base64");
          expect(onNode(each)).toBe(expected);
          expect(onWeb(each)).toBe(expected);
        }
      }),
    );
  });

  it("hashes lone surrogates in a base string as U+FFFD", () => {
    const expected = createHmac(algorithm, "k").update("a\ufffdb").digest("base64");
    expect(node.prepareHmac("k")("a\ud800b")).toBe(expected);
    expect(web.prepareHmac("k")("a\ud800b")).toBe(expected);
  });

  it("computes the same digest as node:crypto, at every length around the block size", () => {
    const lengths = [...Array(260).keys(), 1000, 65_537];
    for (const length of lengths) {
      const octets = Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
      const expected = createHash(algorithm).update(octets).digest("base64");
      expect(node.digest(octets)).toBe(expected);
      expect(web.digest(octets)).toBe(expected);
    }
  });
});
