import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";

/**
 * The coverage of blocks that V8 counts. V8 compiles counters into the functions that it compiles
 * after the start, so the modules are imported after it.
 */
export class Coverage {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /**
   * Returns the functions that were executed since the last call, with the counts of their blocks.
   *
   * @param modules - Matches the addresses of the modules that count.
   */
  async take(modules: RegExp): Promise<readonly ExecutedFunction[]> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    return result
      .filter(({ url }) => modules.test(url))
      .flatMap(({ scriptId, functions }) =>
        functions.map(({ ranges }) => ({ scriptId, ranges }) satisfies ExecutedFunction),
      );
  }

  stop(): void {
    this.#session.disconnect();
  }
}

/** A function with its blocks: the first range is the whole, and an inner one overrides an outer. */
export interface ExecutedFunction {
  readonly scriptId: string;
  readonly ranges: readonly Profiler.CoverageRange[];
}

/**
 * What was seen of a target: for each character of a function, the magnitudes of the counts with
 * which one call of the parser executed it, by powers of two.
 */
export class SeenCoverage {
  readonly #seen = new Map<string, Uint8Array>();
  #features = 0;

  /** The number of blocks and magnitudes. */
  get size(): number {
    return this.#features;
  }

  /** Adds functions, and returns true if a block or the magnitude of its count is new. */
  add(functions: readonly ExecutedFunction[]): boolean {
    const before = this.#features;
    for (const executed of functions) {
      const magnitudes = magnitudesOf(executed);
      const seen = this.#seenOf(executed, magnitudes.length);
      let lastNew = 0;
      for (const [index, magnitude] of magnitudes.entries()) {
        const isNew = magnitude & ~(seen[index] ?? 0);
        // The characters of one block are one feature.
        if (isNew !== 0 && isNew !== lastNew) this.#features++;
        lastNew = isNew;
        seen[index] = (seen[index] ?? 0) | magnitude;
      }
    }
    return this.#features > before;
  }

  /** Returns true if a block is new, and adds nothing. */
  lacksOneOf(functions: readonly ExecutedFunction[]): boolean {
    return functions.some((executed) => {
      const magnitudes = magnitudesOf(executed);
      const seen = this.#seenOf(executed, magnitudes.length);
      return magnitudes.some((magnitude, index) => magnitude !== 0 && seen[index] === 0);
    });
  }

  #seenOf({ scriptId, ranges: [whole] }: ExecutedFunction, length: number): Uint8Array {
    const key = `${scriptId}:${whole?.startOffset}-${whole?.endOffset}`;
    const seen = this.#seen.get(key) ?? new Uint8Array(length);
    this.#seen.set(key, seen);
    return seen;
  }
}

/** For each character of a function, the bit of the magnitude of its count; 0 if not executed. */
function magnitudesOf({ ranges }: ExecutedFunction): Uint8Array {
  const { startOffset: start = 0, endOffset: end = 0 } = ranges[0] ?? {};
  const magnitudes = new Uint8Array(end - start);
  for (const { startOffset, endOffset, count } of ranges) {
    const bit = count === 0 ? 0 : 1 << Math.min(7, 31 - Math.clz32(count));
    magnitudes.fill(bit, startOffset - start, endOffset - start);
  }
  return magnitudes;
}
