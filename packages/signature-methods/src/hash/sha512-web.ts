import { sha512 as noble } from "@noble/hashes/sha2.js";
import type { HashFunction } from "./hash-function.js";
import { nobleHash } from "./noble.js";

export const sha512: HashFunction = /* @__PURE__ */ nobleHash(noble);
