/** A repeatable sequence of random integers (xorshift32), so that a run can be repeated. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // The state must not be zero, and seeds that differ a little must give different sequences.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  }

  /** An integer from 0 to `below` - 1. */
  below(below: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) % below;
  }

  /** One item of a list that is not empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}
