import type { NonceStore } from "@oauth1/verifier";

/** Options of all stores. */
export interface StoreOptions {
  readonly clock: () => number;
  readonly clockSkew?: number;
  readonly sweepInterval?: number;
  /** Default: 10 seconds, for slow machines. */
  readonly timeout?: number;
}

/** A kind of store, with everything that it needs running. */
export interface OpenedStores {
  /** Returns an empty store. */
  create(options: StoreOptions): Promise<NonceStore>;
  /** Returns the stores of several processes that share their nonces, or one store in memory. */
  createGroup(group: readonly StoreOptions[]): Promise<readonly NonceStore[]>;
  close(): Promise<void>;
}

/** A kind of store. */
export interface StoreKind {
  readonly name: string;
  readonly isMissing: boolean;
  open(): Promise<OpenedStores>;
}

type CreateGroup = (
  group: readonly StoreOptions[],
) => readonly NonceStore[] | Promise<readonly NonceStore[]>;

/** Creates stores as a kind does, one or several. */
export function creating(createGroup: CreateGroup): Pick<OpenedStores, "create" | "createGroup"> {
  return {
    createGroup: async (group) => createGroup(group),
    async create(options) {
      const [store] = await createGroup([options]);
      if (store === undefined) throw new Error("no store");
      return store;
    },
  };
}
