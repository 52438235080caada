import { sha1 as noble } from "@noble/hashes/legacy.js";
import type { HashFunction } from "./hash-function.js";
import { nobleHash } from "./noble.js";

export const sha1: HashFunction = /* @__PURE__ */ nobleHash(noble);
