import { aFunction, hasFunction, integerFrom, optional } from "@oauth1/options";
import type { Awaitable, CredentialStore, FoundCredentials } from "../credential-store.js";
import { type RulesOf, requireOptionsOf, wrongOption } from "../require-options.js";
import { requireUsable } from "./require-usable.js";

/** Options of {@link cachedCredentials}. */
export interface CachedCredentialsOptions {
  /**
   * The maximum number of credentials. The least recently used are evicted first. Default: 10,000.
   */
  readonly maxEntries?: number | undefined;
  /**
   * The whole seconds after which credentials are looked up again, counted from the start of the
   * lookup. After this time a change or a revocation has taken effect. Default: 60.
   */
  readonly maxAge?: number | undefined;
  /**
   * The maximum number of "unknown" results, which are kept apart so that requests for unknown
   * credentials do not evict known ones. 0 keeps none. Default: 1000.
   */
  readonly maxUnknown?: number | undefined;
  /** The whole seconds after which an "unknown" is looked up again. Default: 5. */
  readonly maxUnknownAge?: number | undefined;
  /** Returns a time in seconds that never goes back. Default: `performance.now`. */
  readonly clock?: (() => number) | undefined;
}

const RULES: RulesOf<CachedCredentialsOptions> = {
  maxEntries: optional(integerFrom(1)),
  maxAge: optional(integerFrom(1)),
  maxUnknown: optional(integerFrom(0)),
  maxUnknownAge: optional(integerFrom(1)),
  clock: optional(aFunction),
};

/** A cache in front of a store. */
export interface CachedCredentials<Caller = unknown> extends CredentialStore<Caller> {
  /**
   * Returns a cached result at once, or a promise of the store's result. Concurrent identical
   * lookups are coalesced.
   */
  find(client: string, token: string | undefined): Awaitable<FoundCredentials<Caller>>;
  /**
   * Forgets a client and all its tokens, in this process. The next request looks them up. The
   * result of a pending lookup goes to its callers and is not cached.
   *
   * @param client - The client identifier, decoded.
   */
  forget(client: string): void;
}

/**
 * Adds a cache of bounded size and age to a credential store. A revocation takes effect within
 * `maxAge` seconds, and at once after {@link CachedCredentials.forget}. A failed lookup rejects for
 * all its callers and is not cached, nor is a result that cannot be used. Results are shared: do
 * not modify them.
 *
 * @param store - The store for credentials that are not in the cache.
 * @param options - The limits of the cache.
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 *
 * @example
 * ```ts
 * let lookUps = 0;
 * const store = {
 *   find: (client: string) => {
 *     lookUps++;
 *     return { client: { identifier: client, sharedSecrets: ["kd94hf93k423kf44"] } };
 *   },
 * };
 * const cached = cachedCredentials(store, { maxAge: 30 });
 * await cached.find("dpf43f3p2l4k3l03", undefined);
 * await cached.find("dpf43f3p2l4k3l03", undefined);
 * lookUps; // 1
 * cached.forget("dpf43f3p2l4k3l03");
 * await cached.find("dpf43f3p2l4k3l03", undefined);
 * lookUps; // 2
 * ```
 */
export function cachedCredentials<Caller = unknown>(
  store: CredentialStore<Caller>,
  options: CachedCredentialsOptions = {},
): CachedCredentials<Caller> {
  requireOptionsOf("cachedCredentials", options, RULES);
  if (!hasFunction(store, "find")) {
    throw wrongOption(
      "cachedCredentials",
      "store",
      "must be an object with a function find(client, token)",
    );
  }
  const { maxEntries = 10_000, maxAge = 60, maxUnknown = 1000, maxUnknownAge = 5 } = options;
  const { clock = () => performance.now() / 1000 } = options;
  const known = new Answers<Caller>(maxEntries, maxAge);
  const unknown = new Answers<Caller>(maxUnknown, maxUnknownAge);
  const underWay = new Map<string, LookUp<Caller>>();

  async function askStore(key: string, token: string | undefined, lookUp: LookUp<Caller>) {
    try {
      const found = requireUsable<Caller>(await store.find(lookUp.client, token));
      // Not if it was forgotten in the meantime.
      if (underWay.get(key) === lookUp) {
        const isKnown = found.client && (token === undefined || found.token);
        (isKnown ? known : unknown).keep(key, { ...lookUp, found });
      }
      return found;
    } finally {
      if (underWay.get(key) === lookUp) underWay.delete(key);
    }
  }

  return {
    find(client, token) {
      const key = JSON.stringify([client, token]);
      const now = clock();
      const kept = known.get(key, now) ?? unknown.get(key, now);
      if (kept !== undefined) return kept;
      const begun = underWay.get(key);
      if (begun?.answer !== undefined && now < begun.asked + maxAge) return begun.answer;
      const lookUp: LookUp<Caller> = { client, asked: now };
      underWay.set(key, lookUp);
      lookUp.answer = askStore(key, token, lookUp);
      return lookUp.answer;
    },
    forget(client) {
      known.forget(client);
      unknown.forget(client);
      for (const [key, lookUp] of underWay) if (lookUp.client === client) underWay.delete(key);
    },
  };
}

interface LookUp<Caller> {
  readonly client: string;
  readonly asked: number;
  answer?: Promise<FoundCredentials<Caller>>;
}

/** Results by age and use. A Map keeps the order, with the least recently used first. */
class Answers<Caller> {
  readonly #kept = new Map<string, Answer<Caller>>();
  readonly #most: number;
  readonly #age: number;

  constructor(most: number, age: number) {
    this.#most = most;
    this.#age = age;
  }

  get(key: string, now: number): FoundCredentials<Caller> | undefined {
    const answer = this.#kept.get(key);
    if (answer === undefined) return undefined;
    this.#kept.delete(key);
    if (now >= answer.asked + this.#age) return undefined;
    this.#kept.set(key, answer);
    return answer.found;
  }

  keep(key: string, answer: Answer<Caller>): void {
    this.#kept.set(key, answer);
    if (this.#kept.size > this.#most) {
      for (const [leastRecent] of this.#kept) {
        this.#kept.delete(leastRecent);
        break;
      }
    }
  }

  forget(client: string): void {
    for (const [key, answer] of this.#kept) if (answer.client === client) this.#kept.delete(key);
  }
}

interface Answer<Caller> {
  readonly client: string;
  readonly asked: number;
  readonly found: FoundCredentials<Caller>;
}
