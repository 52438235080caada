import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha1 as nodeSha1 } from "../dist/hash/sha1-node.js";
import { sha1 as webSha1 } from "../dist/hash/sha1-web.js";
import { sha256 as nodeSha256 } from "../dist/hash/sha256-node.js";
import { sha256 as webSha256 } from "../dist/hash/sha256-web.js";
import { sha512 as nodeSha512 } from "../dist/hash/sha512-node.js";
import { sha512 as webSha512 } from "../dist/hash/sha512-web.js";

const text = () => fc.string({ unit: "binary", maxLength: 200 });

describe.each([
  ["sha1", nodeSha1, webSha1],
  ["sha256", nodeSha256, webSha256],
  ["sha512", nodeSha512, webSha512],
] as const)("%s of both platforms", (algorithm, node, web) => {
  it("computes the same HMAC as node:crypto, with one key for many texts", () => {
    fc.assert(
      fc.property(text(), fc.array(text(), { maxLength: 5 }), (key, texts) => {
        const byNode = node.prepareHmac(key);
        const byWeb = web.prepareHmac(key);
        for (const each of texts) {
          const expected = createHmac(algorithm, key).update(each).digest("base64");
          expect(byNode(each)).toBe(expected);
          expect(byWeb(each)).toBe(expected);
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
