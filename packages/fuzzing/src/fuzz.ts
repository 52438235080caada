import { type Blocks, type Coverage, SeenCoverage } from "./coverage.js";
import { mutate } from "./mutate.js";
import { Random } from "./random.js";
import type { FuzzTarget } from "./target.js";

/** The number of inputs after which the coverage is read: reading takes as long as many inputs. */
const BATCH = 40;

/** The most inputs that a corpus keeps, so that replaying it stays short. */
const MOST_KEPT = 150;

/** How long and with which random numbers a target is fuzzed. */
export interface FuzzOptions {
  readonly milliseconds: number;
  readonly seed: number;
  /** Started before the target was loaded. */
  readonly coverage: Coverage;
}

/** The figures of a run. */
export interface FuzzResult {
  /** The inputs to keep: those that execute a block that no other does, then those of new counts. */
  readonly corpus: readonly string[];
  /** The number of inputs that were tried. */
  readonly inputs: number;
  /** The blocks of the parser, without those of the target. */
  readonly blocks: Blocks;
  /** The inputs that break an invariant, smallest of each message. */
  readonly failures: ReadonlyMap<string, string>;
}

/**
 * Fuzzes a target: mutates inputs of the corpus, and keeps those that execute something new.
 *
 * @param kept - The corpus of an earlier run.
 */
export async function fuzz(
  target: FuzzTarget,
  kept: readonly string[],
  { milliseconds, seed, coverage }: FuzzOptions,
): Promise<FuzzResult> {
  const random = new Random(seed);
  const seen = new SeenCoverage();
  // The outcomes that a target tells apart count too: V8 does not count inside regular expressions.
  const modules = new RegExp(`${target.modules.source}|/targets/${target.name}\\.js$`);
  const failures = new Map<string, string>();
  const corpus: string[] = [];
  const reachBlocks = new Set<string>();
  let inputs = 0;

  const run = async (input: string): Promise<void> => {
    inputs++;
    try {
      await target.check(input);
    } catch (error) {
      const { message } = error as Error;
      const kind = message.replace(/: .*/s, "");
      const known = failures.get(kind);
      if (known === undefined || input.length < known.length) failures.set(kind, input);
    }
  };
  // The coverage was taken just before, so that what it says is of this input.
  const keepIfNew = async (input: string): Promise<void> => {
    await run(input);
    const executed = await coverage.take(modules);
    if (seen.lacksOneOf(executed)) reachBlocks.add(input);
    if (seen.add(executed)) corpus.push(input);
  };

  // What a module does on its first call is not the work of the first input.
  for (const input of ["", ...target.seeds]) await run(input);
  await coverage.take(modules);
  // The shortest inputs first, so that long ones are kept only for what they alone reach.
  const first = [...new Set(["", ...target.seeds, ...kept])].sort((a, b) => a.length - b.length);
  for (const input of first) await keepIfNew(input);
  if (corpus.length === 0) corpus.push("");

  const end = performance.now() + milliseconds;
  for (let batches = 0; performance.now() < end; batches++) {
    const batch = Array.from({ length: BATCH }, () =>
      mutate(random.pick(corpus), random, corpus, target.tokens),
    );
    for (const input of batch) await run(input);
    // Counts are compared for an eighth of the inputs only.
    const executed = await coverage.take(modules);
    if (batches % 8 === 0 || seen.lacksOneOf(executed)) {
      for (const input of batch) await keepIfNew(input);
    }
  }
  return {
    corpus: [...reachBlocks, ...corpus.filter((input) => !reachBlocks.has(input))],
    inputs,
    blocks: seen.blocks(target.modules),
    failures,
  };
}

/** Returns the inputs that are needed to execute what all of them execute. */
export async function reduced(
  target: FuzzTarget,
  inputs: readonly string[],
  coverage: Coverage,
): Promise<string[]> {
  const { corpus } = await fuzz(target, inputs, { milliseconds: 0, seed: 0, coverage });
  return corpus.filter((input) => !target.seeds.includes(input)).slice(0, MOST_KEPT);
}
