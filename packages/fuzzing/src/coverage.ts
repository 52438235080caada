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
   * Returns the blocks that were executed since the last call, and how often.
   *
   * @param modules - Matches the addresses of the modules that count.
   */
  async take(modules: RegExp): Promise<ReadonlyMap<string, number>> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const blocks = new Map<string, number>();
    for (const script of result) {
      if (modules.test(script.url)) collect(script, blocks);
    }
    return blocks;
  }

  stop(): void {
    this.#session.disconnect();
  }
}

function collect(script: Profiler.ScriptCoverage, blocks: Map<string, number>): void {
  for (const { ranges } of script.functions) {
    for (const { startOffset, endOffset, count } of ranges) {
      if (count > 0) blocks.set(`${script.scriptId}:${startOffset}-${endOffset}`, count);
    }
  }
}

/** What was seen of a target: each block, and the magnitudes of its counts by powers of two. */
export class SeenCoverage {
  readonly #features = new Set<string>();

  get size(): number {
    return this.#features.size;
  }

  /** Adds blocks, and returns true if a block or the magnitude of its count is new. */
  add(blocks: ReadonlyMap<string, number>): boolean {
    const before = this.#features.size;
    for (const [block, count] of blocks) {
      this.#features.add(block).add(`${block}*${32 - Math.clz32(count)}`);
    }
    return this.#features.size > before;
  }

  /** Returns true if a block is new, and adds nothing. */
  lacksOneOf(blocks: ReadonlyMap<string, number>): boolean {
    return [...blocks.keys()].some((block) => !this.#features.has(block));
  }
}
