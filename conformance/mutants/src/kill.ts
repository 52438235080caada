import { loadVectors, runVectors, type VectorFile } from "@oauth1/conformance";
import { hasStep, type Property, properties } from "@oauth1/properties";
import fc from "fast-check";
import type { Mutant } from "./mutant.js";

/** The number of random cases of a property, and the seed. */
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

/** The vectors with a flag, or all vectors if no flag is given. */
export function flaggedVectors(flag: string | undefined): readonly VectorFile[] {
  const all = loadVectors();
  if (flag === undefined) return all;
  return all.map((file) => ({
    ...file,
    vectors: file.vectors.filter(({ flags }) => flags.includes(flag)),
  })) as VectorFile[];
}

/**
 * The first property that a mutant breaks. Every property is tried with few cases before any is
 * tried with more.
 */
export async function firstPropertyAgainst(
  mutant: Mutant,
  { seed, cases }: Chance,
): Promise<string | undefined> {
  for (const tried of [cases / 100, cases / 10, cases / 4, cases]) {
    for (const property of properties) {
      if (await breaks(mutant, property, { seed, cases: Math.ceil(tried) })) return property.id;
    }
  }
  return undefined;
}

async function breaks({ implementation }: Mutant, property: Property, { seed, cases }: Chance) {
  if (!property.needs.every((step) => hasStep(implementation, step))) return false;
  const { failed, counterexample } = await fc.check(property.over(implementation), {
    seed,
    numRuns: cases,
    maxSkipsPerRun: 10,
    // The counterexample is not shown, so it does not have to be shrunk.
    endOnFailure: true,
  });
  return failed && counterexample !== null;
}
