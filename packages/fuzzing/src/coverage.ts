import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";

/**
 * The coverage of blocks that V8 counts. Every block of the chosen modules, with the magnitude of
 * its count, is one feature; an input that has a feature which no input before had is new.
 */
export class Coverage {
  readonly #session = new Session();
  readonly #modules: RegExp;
  readonly #features = new Set<string>();

  /** @param modules - Matches the addresses of the modules that count. */
  constructor(modules: RegExp) {
    this.#modules = modules;
  }

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    await this.#take();
  }

  /** The number of features that were seen. */
  get size(): number {
    return this.#features.size;
  }

  /** Adds what was executed since the last call, and returns true if a part of it is new. */
  async isNew(): Promise<boolean> {
    const before = this.#features.size;
    for (const feature of await this.#take()) this.#features.add(feature);
    return this.#features.size > before;
  }

  /** Returns true if a block was executed for the first time, and adds nothing. */
  async hasNewBlock(): Promise<boolean> {
    const features = await this.#take();
    return features.some((feature) => !this.#features.has(feature.replace(/\*.*/, "*0")));
  }

  stop(): void {
    this.#session.disconnect();
  }

  async #take(): Promise<string[]> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const features: string[] = [];
    for (const script of result) {
      if (this.#modules.test(script.url)) collect(script, features);
    }
    return features;
  }
}

/** Two features for each executed block: that it was executed, and how often, by powers of two. */
function collect({ scriptId, functions }: Profiler.ScriptCoverage, features: string[]): void {
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count } of ranges) {
      if (count === 0) continue;
      const block = `${scriptId}:${startOffset}-${endOffset}`;
      features.push(`${block}*0`, `${block}*${32 - Math.clz32(count)}`);
    }
  }
}
