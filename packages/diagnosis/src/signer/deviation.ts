import type { MistakeName } from "../mistakes.js";
import type { Reading } from "../reading.js";
import type { Draft } from "./draft.js";

/** A wrong form of one step of a signer. */
export interface Deviation {
  /** The mistakes that the form represents: one, unless one action of a signer makes several. */
  readonly mistakes: readonly MistakeName[];
  /** The draft with the wrong form, or `undefined` if the form does not change it. */
  change(this: void, draft: Draft): Draft | undefined;
  /**
   * `true` if the form can have an effect only together with another mistake, such as omitting
   * the `&` of a key whose token secret is missing by mistake.
   */
  readonly needsOther: boolean;
}

/** The data that the deviations take from the request and from the caller. */
export interface Situation {
  readonly reading: Reading;
  /** Hosts that the signer may have signed, with their ports. */
  readonly hosts: readonly string[];
  /** Path prefixes that the signer may have added or omitted. */
  readonly pathPrefixes: readonly string[];
}

/**
 * A deviation that represents one mistake, or several that a signer makes in one action.
 *
 * @param change - Returns the wrong form, or its argument if nothing changes. Results are
 * cached, so that the texts written with them are found again.
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
