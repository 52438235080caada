/** A fingerprint has four words. A slot whose last word is 0 is free. */
const WORDS = 4;
const FIRST_SLOTS = 32;

/**
 * A set of 128-bit fingerprints that only grows. It uses open addressing in one typed array, which
 * is between half and three quarters full after the first growth: 21 to 32 bytes per fingerprint.
 */
export class FingerprintSet {
  size = 0;
  #slots = FIRST_SLOTS;
  #words = new Int32Array(FIRST_SLOTS * WORDS);

  has(fingerprint: Int32Array): boolean {
    const words = this.#words;
    const first = fingerprint[0] as number;
    const second = fingerprint[1];
    const third = fingerprint[2];
    const last = lastWord(fingerprint);
    let at = this.#home(first);
    while (words[at + 3] !== 0) {
      if (
        words[at] === first &&
        words[at + 1] === second &&
        words[at + 2] === third &&
        words[at + 3] === last
      ) {
        return true;
      }
      at = this.#next(at);
    }
    return false;
  }

  /** Adds a fingerprint that is not in the set. */
  add(fingerprint: Int32Array): void {
    if (this.size >= this.#slots * 0.75) this.#grow();
    const at = this.#free(fingerprint[0] as number);
    this.#words.set(fingerprint, at);
    this.#words[at + 3] = lastWord(fingerprint);
    this.size++;
  }

  /** Calls back with the third word of each fingerprint. */
  forEachThirdWord(callback: (word: number) => void): void {
    const words = this.#words;
    for (let at = 0; at < words.length; at += WORDS) {
      if (words[at + 3] !== 0) callback(words[at + 2] as number);
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#slots = Math.ceil(this.#slots * 1.5);
    this.#words = new Int32Array(this.#slots * WORDS);
    const words = this.#words;
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 3] === 0) continue;
      const at = this.#free(old[from] as number);
      words[at] = old[from] as number;
      words[at + 1] = old[from + 1] as number;
      words[at + 2] = old[from + 2] as number;
      words[at + 3] = old[from + 3] as number;
    }
  }

  #free(first: number): number {
    let at = this.#home(first);
    while (this.#words[at + 3] !== 0) at = this.#next(at);
    return at;
  }

  /**
   * Returns the first slot to look at. The range of the first word is distributed over the slots.
   */
  #home(first: number): number {
    return Math.floor(((first >>> 0) / 0x1_0000_0000) * this.#slots) * WORDS;
  }

  #next(at: number): number {
    return at + WORDS === this.#words.length ? 0 : at + WORDS;
  }
}

/** Never 0, which marks a free slot. */
function lastWord(fingerprint: Int32Array): number {
  return fingerprint[3] || 1;
}
