import { integerFrom, type Rule, requireValue } from "@oauth1/options";

export {
  aBoolean as flag,
  aFunction as callback,
  aNonEmptyString as filledText,
  aString as text,
  listOf,
  oneOf,
  openRecord,
  optional,
  record,
} from "@oauth1/options";

/** What an argument or an option must be. */
export type Kind = Rule;

/**
 * Thrown for an argument or an option that is missing, misspelled or of the wrong type. Remedy:
 * correct the argument or the option that the message names.
 */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  /** Stable, to switch on. */
  readonly code = "ERR_CONFORMANCE_OPTION";
  /** Its name, with a path to it within an argument: `credentials.client.identifier`. */
  readonly option: string;

  constructor(call: string, option: string, problem: string) {
    super(`${call}(): ${option} ${problem}`);
    this.option = option;
  }
}

/**
 * Checks an argument of a public function, with all that is in it. No message shows a value: it may
 * be a secret.
 *
 * @param call - The name of the function.
 * @throws {@link OptionError} for the first thing that is wrong.
 */
export function checkArgument(call: string, option: string, value: unknown, kind: Kind): void {
  requireValue(option, value, kind, (name, problem) => new OptionError(call, name, problem));
}

/** The longest delay of a timer: a longer one would end at once. */
export const MOST_MILLISECONDS: number = 2 ** 31 - 1;

export const wholeNumber: Kind = { mustBe: "a whole number", isValid: Number.isSafeInteger };
export const count: Kind = integerFrom(1);
export const milliseconds: Kind = {
  ...integerFrom(1, MOST_MILLISECONDS),
  mustBe: `a whole number of milliseconds from 1 to ${MOST_MILLISECONDS}`,
};
export const port: Kind = integerFrom(0, 65_535);
