/** The number of calls of a key that are kept. */
export const KEPT_CALLS = 50;

/** Milliseconds. */
export const HOUR = 3_600_000;

/** One call, as it is stored. */
export interface RecordedCall {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  readonly queryNames: string[];
  readonly status: number;
  readonly verified: boolean;
  readonly problem: string | null;
  readonly explanation: string | null;
  readonly mistakes: string[];
}

/** The collected calls of one key. */
export interface Tally {
  lastUsedAt: Date | undefined;
  /** The counts by the start of the hour, in milliseconds since 1970. */
  readonly hours: Map<number, { verified: number; rejected: number }>;
  /** At most {@link KEPT_CALLS}, the oldest first. */
  calls: RecordedCall[];
}

/**
 * Collects the calls of keys until they are written. Its size does not depend on the number of
 * calls: a key has one count for each hour, and its last calls.
 */
export class CallBuffer {
  readonly #tallies = new Map<string, Tally>();
  #calls = 0;
  readonly #maximumCalls: number;

  /** @param maximumCalls - The maximum number of calls of all keys. The rest are only counted. */
  constructor(maximumCalls: number) {
    this.#maximumCalls = maximumCalls;
  }

  get size(): number {
    return this.#tallies.size;
  }

  has(client: string): boolean {
    return this.#tallies.has(client);
  }

  clients(): string[] {
    return [...this.#tallies.keys()];
  }

  /** Counts a call of a client, and keeps it if `isKept`. */
  add(client: string, call: RecordedCall, isKept: boolean): void {
    const hour = Math.floor(call.at.getTime() / HOUR) * HOUR;
    this.merge(client, {
      lastUsedAt: call.verified ? call.at : undefined,
      hours: new Map([
        [hour, { verified: Number(call.verified), rejected: Number(!call.verified) }],
      ]),
      calls: isKept ? [call] : [],
    });
  }

  /** Adds calls that were collected elsewhere, or could not be written. */
  merge(client: string, added: Tally): void {
    const tally: Tally = this.#tallies.get(client) ?? {
      lastUsedAt: undefined,
      hours: new Map(),
      calls: [],
    };
    this.#tallies.set(client, tally);
    tally.lastUsedAt = later(tally.lastUsedAt, added.lastUsedAt);
    for (const [hour, { verified, rejected }] of added.hours) {
      const counted = tally.hours.get(hour) ?? { verified: 0, rejected: 0 };
      counted.verified += verified;
      counted.rejected += rejected;
      tally.hours.set(hour, counted);
    }
    if (added.calls.length === 0) return;
    this.#calls -= tally.calls.length;
    const room = Math.max(tally.calls.length, this.#maximumCalls - this.#calls);
    tally.calls.push(...added.calls);
    if (added.calls.length > 1) tally.calls.sort((a, b) => a.at.getTime() - b.at.getTime());
    const kept = Math.min(KEPT_CALLS, room);
    if (tally.calls.length > kept) tally.calls.splice(0, tally.calls.length - kept);
    this.#calls += tally.calls.length;
  }

  /** Removes a client and returns its collected calls. */
  take(client: string): Tally | undefined {
    const tally = this.#tallies.get(client);
    this.#tallies.delete(client);
    this.#calls -= tally?.calls.length ?? 0;
    return tally;
  }
}

function later(first: Date | undefined, second: Date | undefined): Date | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return first > second ? first : second;
}
