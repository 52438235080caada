import { compareBaseStrings } from "./compare-base-strings.js";
import type { Cause } from "./diagnosis.js";
import { mistakes as catalogue, type MistakeName } from "./mistakes.js";
import { type Key, keyText, maskedKey } from "./signer/draft.js";

/** Mistakes, with the draft of a signer that makes them. */
export interface ProvenMistakes {
  readonly mistakes: readonly MistakeName[];
  readonly baseString: string;
  /** The right base string. */
  readonly right: string;
  readonly key: Key | undefined;
}

/** Describes a cause in words. */
export function causeOf({ mistakes, baseString, right, key }: ProvenMistakes): Cause {
  const details = mistakes.map((name) => ({ name, ...catalogue[name] }));
  const comparison = compareBaseStrings(right, baseString);
  const [difference] = comparison.differences;
  const cause = {
    mistakes,
    section: details[0]?.section ?? "§3.4",
    text: [
      ...details.map(({ section, did, change }) => `Your client ${did}: ${change} (${section}).`),
      ...(difference === undefined ? [] : [`In this request: ${difference.text}`]),
    ].join(" "),
    details,
    baseString,
    maskedKey: key && maskedKey(key),
    key: key && keyText(key),
    comparison,
  };
  return Object.defineProperty(cause, "key", { enumerable: false });
}
