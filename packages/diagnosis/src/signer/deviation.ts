import type { MistakeName } from "../mistakes.js";
import type { Reading } from "../reading.js";
import type { Draft } from "./draft.js";

/** A wrong form of one step of a signer. */
export interface Deviation {
  /** The mistakes that the form stands for: one, but where one act of a signer makes several. */
  readonly mistakes: readonly MistakeName[];
  /** The draft with the wrong form, or `undefined` where the form changes nothing in it. */
  change(this: void, draft: Draft): Draft | undefined;
  /**
   * Whether the form may do nothing alone and something beside another mistake, such as to omit the
   * `&` of a key whose token secret is missing by mistake.
   */
  readonly needsOther: boolean;
}

/** What the deviations take from the request and from the caller. */
export interface Situation {
  readonly reading: Reading;
  /** Hosts that the signer may have signed, with their ports. */
  readonly hosts: readonly string[];
  /** Starts of the path that the signer may have signed without, or with. */
  readonly pathPrefixes: readonly string[];
}

/**
 * A deviation that stands for one mistake, or for several that a signer makes in one act.
 *
 * @param change - Gives the wrong form, or the form it is given where it changes nothing. What it
 * makes of a form is kept, so that whatever is written with it is found again.
 */
export function deviation<Step extends keyof Draft>(
  mistakes: MistakeName | readonly MistakeName[],
  step: Step,
  change: (form: Draft[Step]) => Draft[Step],
  { needsOther = false }: { readonly needsOther?: boolean } = {},
): Deviation {
  const known = new Map<Draft[Step], Draft[Step]>();
  return {
    mistakes: typeof mistakes === "string" ? [mistakes] : mistakes,
    change(draft) {
      const right = draft[step];
      const wrong = known.get(right) ?? change(right);
      known.set(right, wrong);
      return wrong === right ? undefined : { ...draft, [step]: wrong };
    },
    needsOther,
  };
}
