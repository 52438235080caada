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

/** The kind of an argument or an option. */
export type Kind = Rule;

/**
 * Thrown for an argument or an option that is missing, misspelled or of the wrong type. Remedy:
 * correct the argument or the option that the message names.
 */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  /** The stable code of the error. */
  readonly code = "ERR_CONFORMANCE_OPTION";
  /** The name, with a path within an argument: `credentials.client.identifier`. */
  readonly option: string;

  constructor(call: string, option: string, problem: string) {
    super(`${call}(): ${option} ${problem}`);
    this.option = option;
  }
}

/**
 * Checks an argument of a public function with all its members. Messages never contain a value,
 * because it can be a secret.
 *
 * @param call - The name of the function.
 * @throws {@link OptionError} for the first fault.
 */
export function checkArgument(call: string, option: string, value: unknown, kind: Kind): void {
  requireValue(option, value, kind, (name, problem) => new OptionError(call, name, problem));
}

/** The longest delay of a timer. A timer with a longer delay would fire immediately. */
export const MOST_MILLISECONDS: number = 2 ** 31 - 1;

export const wholeNumber: Kind = { mustBe: "a whole number", isValid: Number.isSafeInteger };
export const count: Kind = integerFrom(1);
export const milliseconds: Kind = {
  ...integerFrom(1, MOST_MILLISECONDS),
  mustBe: `a whole number of milliseconds from 1 to ${MOST_MILLISECONDS}`,
};
export const port: Kind = integerFrom(0, 65_535);
