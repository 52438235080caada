/**
 * Checks options objects. Every package of this project checks its options here and throws its own
 * error, so that a misspelled option is reported the same way everywhere.
 *
 * @module
 */

/** The rule for a value. */
export interface Rule {
  /** Completes "must be", for the message. */
  readonly mustBe: string;
  /** Returns true if the value itself is valid. Items and members have their own rules. */
  readonly isValid: (value: unknown) => boolean;
  /** If true, `undefined` is accepted too. */
  readonly isOptional?: boolean;
  /** The rule for each item of a list. */
  readonly items?: Rule;
  /** The rules for the members of an object. */
  readonly members?: Rules;
  /** If true, an object can have members without a rule. */
  readonly isOpen?: boolean;
}

/** A rule for each name. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * Makes the error of the package that checks.
 *
 * @param name - The option, with a path within nested objects: `limits.body`, `addresses[1]`.
 * @param problem - What is wrong, in words that follow the name. It never contains the value.
 */
export type Failure = (name: string, problem: string) => Error;

/**
 * Rejects options that are missing, misspelled or of the wrong type. An option that is silently
 * ignored, such as `allowInsecureTransport: "false"`, would be dangerous.
 *
 * @param options - What the caller passed.
 * @param rules - A rule for each option.
 * @param failure - Makes the error to throw.
 * @throws the error that `failure` makes, for the first option that is wrong.
 *
 * @example
 * ```ts
 * const rules = { port: optional(integerFrom(0, 65_535)), log: optional(aFunction) };
 * const failure = (name: string, problem: string) => new TypeError(`listen(): ${name} ${problem}`);
 *
 * requireOptions({ port: 5849 }, rules, failure); // undefined
 * try {
 *   requireOptions({ prot: 5849 }, rules, failure);
 * } catch (error) {
 *   String(error); // "TypeError: listen(): prot is not an option: use one of port, log"
 * }
 * ```
 */
export function requireOptions(options: unknown, rules: Rules, failure: Failure): void {
  requireValue("options", options, record(rules), failure);
}

/**
 * Rejects a value, with all its items and members, that breaks a rule.
 *
 * @param name - The caller's name of the value. Members of `"options"` are named without it.
 * @param value - What the caller passed.
 * @param rule - The rule for the value.
 * @param failure - Makes the error to throw.
 * @throws the error that `failure` makes, for the first part that is wrong.
 *
 * @example
 * ```ts
 * const failure = (name: string, problem: string) => new TypeError(`${name} ${problem}`);
 *
 * requireValue("addresses", ["::1"], listOf(aString), failure); // undefined
 * try {
 *   requireValue("addresses", ["::1", 1], listOf(aString), failure);
 * } catch (error) {
 *   String(error); // "TypeError: addresses[1] must be a string"
 * }
 * ```
 */
export function requireValue(name: string, value: unknown, rule: Rule, failure: Failure): void {
  if (value === undefined && rule.isOptional) return;
  const { items, members } = rule;
  // A Promise has none of the members, so every option would be ignored.
  if (members && hasFunction(value, "then")) {
    throw failure(name, "must not be a Promise: await it");
  }
  if (!rule.isValid(value)) throw failure(name, `must be ${rule.mustBe}`);
  if (items) {
    for (const [index, item] of (value as unknown[]).entries()) {
      requireValue(`${name}[${index}]`, item, items, failure);
    }
  }
  if (!members) return;
  const path = (member: string) => (name === "options" ? member : `${name}.${member}`);
  const object = value as Readonly<Record<string, unknown>>;
  if (!rule.isOpen) {
    for (const member of Object.keys(object)) {
      if (Object.hasOwn(members, member)) continue;
      const known = Object.keys(members).join(", ");
      throw failure(path(member), `is not an option: use one of ${known}`);
    }
  }
  for (const [member, its] of Object.entries(members)) {
    requireValue(path(member), object[member], its, failure);
  }
}

/**
 * Returns the same rule that also accepts `undefined`.
 *
 * @example
 * ```ts
 * optional(aString).isOptional; // true
 * ```
 */
export function optional(rule: Rule): Rule {
  return { ...rule, isOptional: true };
}

/**
 * A list with a rule for each item.
 *
 * @example
 * ```ts
 * listOf(aString).mustBe; // "a list"
 * ```
 */
export function listOf(items: Rule): Rule {
  return { mustBe: "a list", isValid: Array.isArray, items };
}

/**
 * An object that has only these members.
 *
 * @example
 * ```ts
 * record({ port: aString }).isValid([]); // false
 * ```
 */
export function record(members: Rules): Rule {
  return {
    mustBe: "an object",
    isValid: (value) => isObject(value) && !Array.isArray(value),
    members,
  };
}

/**
 * An object that has these members and can have others, for example an instance of a class.
 *
 * @param mustBe - Completes "must be".
 *
 * @example
 * ```ts
 * openRecord("a token", { identifier: aString }).isOpen; // true
 * ```
 */
export function openRecord(mustBe: string, members: Rules): Rule {
  return { ...record(members), mustBe, isOpen: true };
}

/**
 * One of these strings.
 *
 * @example
 * ```ts
 * oneOf("header", "query").mustBe; // '"header" or "query"'
 * ```
 */
export function oneOf(...values: readonly string[]): Rule {
  const quoted = values.map((value) => JSON.stringify(value));
  const last = quoted.pop();
  return {
    mustBe: quoted.length === 0 ? `${last}` : `${quoted.join(", ")} or ${last}`,
    isValid: (value) => values.includes(value as string),
  };
}

/**
 * A whole number within inclusive bounds.
 *
 * @param most - The greatest number. Default: `Number.MAX_SAFE_INTEGER`.
 *
 * @example
 * ```ts
 * integerFrom(1).mustBe; // "a whole number of at least 1"
 * integerFrom(0, 65_535).mustBe; // "a whole number from 0 to 65535"
 * ```
 */
export function integerFrom(least: number, most: number = Number.MAX_SAFE_INTEGER): Rule {
  const isBounded = most < Number.MAX_SAFE_INTEGER;
  return {
    mustBe: `a whole number ${isBounded ? `from ${least} to ${most}` : `of at least ${least}`}`,
    isValid: (value) =>
      Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

/** A string, empty or not. */
export const aString: Rule = { mustBe: "a string", isValid: (value) => typeof value === "string" };

/** A string that is not empty. */
export const aNonEmptyString: Rule = {
  mustBe: "a non-empty string",
  isValid: (value) => typeof value === "string" && value !== "",
};

/** `true` or `false`, and not a string such as `"true"`. */
export const aBoolean: Rule = {
  mustBe: "true or false",
  isValid: (value) => typeof value === "boolean",
};

/** A function. */
export const aFunction: Rule = {
  mustBe: "a function",
  isValid: (value) => typeof value === "function",
};

/** An object whose members another function checks. */
export const anObject: Rule = { mustBe: "an object", isValid: isObject };

/**
 * Returns true if a value has members: an object, and not `null`.
 *
 * @example
 * ```ts
 * isObject(null); // false
 * ```
 */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/**
 * Returns true if a value is an object with a method of this name.
 *
 * @example
 * ```ts
 * hasFunction(new Map(), "get"); // true
 * ```
 */
export function hasFunction(value: unknown, name: string): boolean {
  return isObject(value) && typeof (value as Record<string, unknown>)[name] === "function";
}
