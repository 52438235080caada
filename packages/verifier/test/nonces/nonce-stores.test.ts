// The tests of every store, for those that need a server. Those of the memory are in memory.test.ts.
import { memoryStores } from "./memory-stores.js";
import { testStores } from "./store-tests.js";
import { kinds } from "./stores.js";

for (const kind of kinds) if (kind !== memoryStores) testStores(kind);
