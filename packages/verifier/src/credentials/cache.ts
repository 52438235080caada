import { aFunction, hasFunction, integerFrom, optional } from "@oauth1/options";
import type { Awaitable, CredentialStore, FoundCredentials } from "../credential-store.js";
import { type RulesOf, requireOptionsOf, wrongOption } from "../require-options.js";
import { requireUsable } from "./require-usable.js";

/** How much a cache holds, and for how long. */
export interface CachedCredentialsOptions {
  /** The most credentials it holds; the least recently used go first. 10,000 where left out. */
  readonly maxEntries?: number | undefined;
  /**
   * The whole seconds after which credentials are looked up again, 60 where left out, counted from
   * the start of the look-up: after so long a change, and so a revocation, has taken effect.
   */
  readonly maxAge?: number | undefined;
  /**
   * The most answers "unknown" it holds, apart from the others: who asks for what does not exist
   * drives out nobody's credentials. 1000 where left out, 0 to hold none.
   */
  readonly maxUnknown?: number | undefined;
  /** The whole seconds after which an "unknown" is looked up again. 5 where left out. */
  readonly maxUnknownAge?: number | undefined;
  /** A time in seconds that never goes back. `performance.now` where left out. */
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
   * What the cache holds, at once, or the promise of what the store answers. Several look-ups of the
   * same at a time are one.
   */
  find(client: string, token: string | undefined): Awaitable<FoundCredentials<Caller>>;
  /**
   * Forgets a client and all its tokens, in this process: the next request looks them up. A look-up
   * that is under way answers those who wait for it and is not kept.
   *
   * @param client - The client identifier, decoded.
   */
  forget(client: string): void;
}

/**
 * Puts a cache of bounded size and age in front of a credential store, so that a revocation takes
 * effect within `maxAge` seconds, and at once after {@link CachedCredentials.forget}. A failed
 * look-up fails all who wait for it, and is not kept; neither is an answer that cannot be used. Answers
 * are shared: treat them as constant.
 *
 * @param store - Where to look up what the cache does not hold.
 * @param options - The bounds.
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
      // Unless it was forgotten in the meantime.
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

/** Answers by age and use: a Map keeps the order, the least recently used comes first. */
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
