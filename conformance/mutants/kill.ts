import fc from "fast-check";
import type { Law } from "../properties/law.js";
import { laws } from "../properties/laws/index.js";
import { runVectors } from "../runner/run-vectors.js";
import { hasStep } from "../runner/step.js";
import { loadVectors, type VectorFile } from "../runner/vectors.js";
import type { Mutant } from "./mutant.js";

/** How many random cases a law gets, and from which seed. */
export interface Chance {
  readonly seed: number;
  readonly cases: number;
}

/** The ids of the vectors that a mutant fails. */
export async function vectorsAgainst(
  { implementation }: Mutant,
  files: readonly VectorFile[],
): Promise<readonly string[]> {
  const results = await runVectors(implementation, files);
  return results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
}

/** The vectors that carry a flag; all of them without one. */
export function flaggedVectors(flag: string | undefined): readonly VectorFile[] {
  const all = loadVectors();
  if (flag === undefined) return all;
  return all.map((file) => ({
    ...file,
    vectors: file.vectors.filter(({ flags }) => flags.includes(flag)),
  })) as VectorFile[];
}

/** The first law that a mutant breaks: each law is tried with few cases before any with more. */
export async function firstLawAgainst(
  mutant: Mutant,
  { seed, cases }: Chance,
): Promise<string | undefined> {
  for (const tried of [cases / 100, cases / 10, cases]) {
    for (const law of laws) {
      if (await breaks(mutant, law, { seed, cases: Math.ceil(tried) })) return law.id;
    }
  }
  return undefined;
}

async function breaks({ implementation }: Mutant, law: Law, { seed, cases }: Chance) {
  if (!law.needs.every((step) => hasStep(implementation, step))) return false;
  const { failed, counterexample } = await fc.check(law.property(implementation), {
    seed,
    numRuns: cases,
    maxSkipsPerRun: 10,
    // Nobody reads the counterexample: it need not be small.
    endOnFailure: true,
  });
  return failed && counterexample !== null;
}
