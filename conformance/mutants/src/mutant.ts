import type { Implementation } from "@oauth1/properties";
import { type Mistake, stepwise } from "./stepwise.js";

/** A signer or verifier with one deliberate mistake. */
export interface Mutant {
  /** Lower case with hyphens, unique. */
  readonly name: string;
  /** The flag of the vectors that reveal it, if a flag describes it exactly. */
  readonly flag: string | undefined;
  /** What it does wrong, in one sentence. */
  readonly mistake: string;
  readonly implementation: Implementation;
  /** If no property can catch it: why random requests do not reach it. */
  readonly beyondProperties: string | undefined;
}

/** A mutant of the stepwise signer. */
export function mutant(
  name: string,
  flag: string | undefined,
  mistake: string,
  change: Mistake,
  beyondProperties?: string,
): Mutant {
  return { name, flag, mistake, implementation: stepwise(name, change), beyondProperties };
}
