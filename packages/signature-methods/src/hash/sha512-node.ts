import type { HashFunction } from "./hash-function.js";
import { nodeHash } from "./node.js";

export const sha512: HashFunction = /* @__PURE__ */ nodeHash("sha512");
