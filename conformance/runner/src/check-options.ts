/** Thrown for an argument or an option that is missing, misspelled or of the wrong type. */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  /** Stable, to switch on. */
  readonly code = "ERR_OPTION";
  /** Its name, with a path to it within an argument: `credentials.client.identifier`. */
  readonly option: string;

  constructor(call: string, option: string, problem: string) {
    super(`${call}(): ${option} ${problem}`);
    this.option = option;
  }
}

/** What an argument or an option must be. */
export interface Kind {
  /** In words, after "must be". */
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
  readonly isOptional?: boolean;
  /** Of each item of a list. */
  readonly items?: Kind;
  /** Of an object: what its members must be. */
  readonly members?: Readonly<Record<string, Kind>>;
  /** Whether the object may have other members: those that others made may. */
  readonly isOpen?: boolean;
}

/**
 * Checks an argument of a public function, with all that is in it. No message shows a value: it may
 * be a secret.
 *
 * @param call - The name of the function.
 * @throws {@link OptionError} for the first thing that is wrong.
 */
export function checkArgument(call: string, option: string, value: unknown, kind: Kind): void {
  if (value === undefined && kind.isOptional) return;
  if (!kind.accepts(value)) throw new OptionError(call, option, `must be ${kind.wanted}`);
  if (kind.items !== undefined) {
    for (const [index, item] of (value as unknown[]).entries()) {
      checkArgument(call, `${option}[${index}]`, item, kind.items);
    }
  }
  const { members } = kind;
  if (members === undefined) return;
  const object = value as Readonly<Record<string, unknown>>;
  const path = (member: string) => (option === "options" ? member : `${option}.${member}`);
  for (const [member, itsKind] of Object.entries(members)) {
    checkArgument(call, path(member), object[member], itsKind);
  }
  const unknown = Object.keys(object).find((member) => !Object.hasOwn(members, member));
  if (unknown === undefined || kind.isOpen) return;
  const known = Object.keys(members).join(", ");
  throw new OptionError(call, path(unknown), `is not an option: use one of ${known}`);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (least: number, most: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

export const text: Kind = { wanted: "a string", accepts: isText };
export const filledText: Kind = {
  wanted: "a non-empty string",
  accepts: (value) => isText(value) && value !== "",
};
export const flag: Kind = {
  wanted: "true or false",
  accepts: (value) => typeof value === "boolean",
};
export const callback: Kind = {
  wanted: "a function",
  accepts: (value) => typeof value === "function",
};
export const wholeNumber: Kind = { wanted: "a whole number", accepts: Number.isSafeInteger };
export const count: Kind = {
  wanted: "a whole number of at least 1",
  accepts: isWhole(1, Number.MAX_SAFE_INTEGER),
};

/** The longest delay of a timer: a longer one would end at once. */
export const MOST_MILLISECONDS: number = 2 ** 31 - 1;

export const milliseconds: Kind = {
  wanted: `a whole number of milliseconds from 1 to ${MOST_MILLISECONDS}`,
  accepts: isWhole(1, MOST_MILLISECONDS),
};
export const port: Kind = {
  wanted: "a whole number from 0 to 65535",
  accepts: isWhole(0, 65_535),
};

/** The same, or nothing. */
export function optional(kind: Kind): Kind {
  return { ...kind, isOptional: true };
}

/** One of these texts. */
export function oneOf(names: readonly string[]): Kind {
  return {
    wanted: `one of ${names.join(", ")}`,
    accepts: (value) => isText(value) && names.includes(value),
  };
}

/** A list of these. */
export function listOf(items: Kind): Kind {
  return { wanted: "a list", accepts: Array.isArray, items };
}

/** An object with these members, and no others. */
export function record(members: Readonly<Record<string, Kind>>): Kind {
  return { wanted: "an object", accepts: isObject, members };
}

/** An object with these members, and perhaps others: an object of a class, or the data of others. */
export function openRecord(wanted: string, members: Readonly<Record<string, Kind>>): Kind {
  return { wanted, accepts: isObject, members, isOpen: true };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
