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
      .flatMap(({ url, functions }) =>
        functions.map(({ ranges }) => ({ url, ranges }) satisfies ExecutedFunction),
      );
  }

  stop(): void {
    this.#session.disconnect();
  }
}

/** A function with its blocks: the first range is the whole, and an inner one overrides an outer. */
export interface ExecutedFunction {
  /** The address of its module. */
  readonly url: string;
  readonly ranges: readonly Profiler.CoverageRange[];
}

/** A function of which a call was seen. */
interface SeenFunction {
  readonly url: string;
  /** For each character, the magnitudes of the counts with which an input executed it. */
  readonly magnitudes: Uint8Array;
  /** Where a block begins or ends. */
  readonly bounds: Set<number>;
}

/** The blocks of the functions that were called. */
export interface Blocks {
  readonly executed: number;
  readonly all: number;
}

/** What was seen of a target: blocks, and the magnitudes of their counts, by powers of two. */
export class SeenCoverage {
  readonly #functions = new Map<string, SeenFunction>();
  #features = 0;

  /** Adds functions, and returns true if a block or the magnitude of its count is new. */
  add(functions: readonly ExecutedFunction[]): boolean {
    const before = this.#features;
    for (const executed of functions) {
      const magnitudes = magnitudesOf(executed);
      const { magnitudes: seen, bounds } = this.#seenOf(executed, magnitudes.length);
      for (const { startOffset, endOffset } of executed.ranges) {
        bounds.add(startOffset).add(endOffset);
      }
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
      const { magnitudes: seen } = this.#seenOf(executed, magnitudes.length);
      return magnitudes.some((magnitude, index) => magnitude !== 0 && seen[index] === 0);
    });
  }

  /** Counts the blocks of the modules whose addresses match. */
  blocks(modules: RegExp): Blocks {
    let executed = 0;
    let all = 0;
    for (const { url, magnitudes, bounds } of this.#functions.values()) {
      if (!modules.test(url)) continue;
      const [first = 0, ...ends] = [...bounds].sort((one, other) => one - other);
      let start = first;
      for (const end of ends) {
        all++;
        if (magnitudes[start - first] !== 0) executed++;
        start = end;
      }
    }
    return { executed, all };
  }

  #seenOf({ url, ranges: [whole] }: ExecutedFunction, length: number): SeenFunction {
    const key = `${url}:${whole?.startOffset}-${whole?.endOffset}`;
    const seen = this.#functions.get(key) ?? {
      url,
      magnitudes: new Uint8Array(length),
      bounds: new Set(),
    };
    this.#functions.set(key, seen);
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
