import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { HashFunction } from "./hash-function.js";

/** Hash functions of node:crypto, for Node, Bun and Deno. */
export function nodeHash(algorithm: string): HashFunction {
  return {
    prepareHmac(key) {
      const secretKey = createSecretKey(key, "utf8");
      return (text) => createHmac(algorithm, secretKey).update(text, "utf8").digest("base64");
    },
    digest: (octets) => createHash(algorithm).update(octets).digest("base64"),
  };
}
