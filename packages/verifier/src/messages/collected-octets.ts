/**
 * Octets that arrive in pieces. They are kept in one array that doubles, so the work is linear
 * however small the pieces are, and so is the memory.
 */
export class CollectedOctets {
  #octets: Uint8Array = new Uint8Array();
  #length = 0;

  /** How many octets have arrived. */
  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (this.#length === 0) {
      // Most bodies arrive in one piece, which needs no copy.
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

  /** All octets, in one array that is not copied. */
  whole(): Uint8Array {
    return this.#octets.subarray(0, this.#length);
  }
}
