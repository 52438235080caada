/** The length of the longest line of the protocol, in octets, without its line break. */
export const LONGEST_LINE: number = 1024 * 1024;

/** A line without its line break, or a mark that it was too long. */
export type Line = { readonly octets: Uint8Array } | { readonly tooLong: true };

/** Splits a stream of bytes into lines, and never keeps more than one line of the maximum length. */
export class LineSplitter {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #skipping = false;

  /**
   * Returns the lines that end in this chunk. A line that is too long is returned once, when it
   * exceeds the limit.
   */
  *push(chunk: Uint8Array): Generator<Line> {
    let start = 0;
    while (start < chunk.length) {
      const lineBreak = chunk.indexOf(0x0a, start);
      const end = lineBreak < 0 ? chunk.length : lineBreak;
      if (!this.#skipping) {
        this.#chunks.push(chunk.subarray(start, end));
        this.#length += end - start;
        if (this.#length > LONGEST_LINE) {
          this.#skipping = true;
          this.#take();
          yield { tooLong: true };
        } else if (lineBreak >= 0) {
          yield { octets: this.#take() };
        }
      }
      if (lineBreak >= 0) this.#skipping = false;
      start = end + 1;
    }
  }

  /** The octets after the last line break. */
  rest(): Uint8Array {
    return this.#take();
  }

  #take(): Uint8Array {
    const octets = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#length = 0;
    return octets;
  }
}

/**
 * The JSON object of a line, or `undefined` if it is not one. Octets that are not UTF-8 are not JSON.
 */
export function parseObject(octets: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets),
    );
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
