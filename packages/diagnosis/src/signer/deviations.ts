import type { Deviation, Situation } from "./deviation.js";
import { encodingDeviations } from "./encoding.js";
import { keyDeviations } from "./key.js";
import { methodDeviations } from "./method.js";
import { orderDeviations } from "./order.js";
import { parameterDeviations } from "./parameters.js";
import { uriDeviations } from "./uri.js";

/** The deviations of a signer, a list for each step of its pipeline, likely ones first. */
export interface Deviations {
  readonly steps: readonly (readonly Deviation[])[];
}

/** Every known deviation. */
export function deviationsOf(situation: Situation): Deviations {
  return { steps: [...baseStringDeviations(situation).steps, keyDeviations()] };
}

/** Those that change the base string. */
export function baseStringDeviations(situation: Situation): Deviations {
  // The steps that change the normalized parameters come first, because their texts are cached
  // and used again with each deviation of the others.
  return {
    steps: [
      parameterDeviations(situation),
      encodingDeviations(situation),
      orderDeviations(),
      uriDeviations(situation),
      methodDeviations(situation),
    ],
  };
}
