import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { HashFunction } from "./hash-function.js";

// The hash functions of node:crypto, for Node, Bun and Deno.
export const sha1: HashFunction = /* @__PURE__ */ nodeHash("sha1");
export const sha256: HashFunction = /* @__PURE__ */ nodeHash("sha256");
export const sha512: HashFunction = /* @__PURE__ */ nodeHash("sha512");

function nodeHash(algorithm: string): HashFunction {
  return {
    prepareHmac(key) {
      const secretKey = createSecretKey(key, "utf8");
      return (text) => createHmac(algorithm, secretKey).update(text, "utf8").digest("base64");
    },
    digest: (octets) => createHash(algorithm).update(octets).digest("base64"),
  };
}
