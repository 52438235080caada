import type { HashFunction } from "./hash-function.js";
import { nodeHash } from "./node.js";

export const sha1: HashFunction = /* @__PURE__ */ nodeHash("sha1");
