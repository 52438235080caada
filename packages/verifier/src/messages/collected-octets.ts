/**
 * Collects octets that arrive in pieces. One array that doubles keeps work and memory linear,
 * however small the pieces are.
 */
export class CollectedOctets {
  #octets: Uint8Array = new Uint8Array();
  #length = 0;

  /** The number of octets so far. */
  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (this.#length === 0) {
      // Most bodies arrive in one piece, which is not copied.
      this.#octets = piece;
    } else {
      if (length > this.#octets.length) {
        const grown = new Uint8Array(2 * length);
        grown.set(this.whole());
        this.#octets = grown;
      }
      this.#octets.set(piece, this.#length);
    }
    this.#length = length;
  }

  /** Returns all octets in one array, without a copy. */
  whole(): Uint8Array {
    return this.#octets.subarray(0, this.#length);
  }
}
