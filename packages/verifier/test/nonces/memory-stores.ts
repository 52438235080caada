import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { creating, type StoreKind } from "./store-kind.js";

/** The kind of store that needs no server. */
export const memoryStores: StoreKind = {
  name: "memory",
  isMissing: false,
  open: async () => ({
    ...creating((group) => group.map(({ clock }) => memoryNonceStore({ clock, since: 0 }))),
    close: async () => {},
  }),
};
