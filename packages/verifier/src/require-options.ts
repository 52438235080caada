import { VerifierError } from "./verifier-error.js";

/** What a value must be to be taken as an option. */
export interface OptionRule {
  readonly isValid: (value: unknown) => boolean;
  /** Completes "must be". */
  readonly mustBe: string;
  readonly isRequired?: boolean;
}

/**
 * Rejects options that are missing, misspelled or of the wrong kind: a server that starts with a
 * setting that does nothing would accept what it should not, or reject everything.
 *
 * @param of - The function that takes the options, for the message.
 * @throws VerifierError `ERR_OPTION`, which names the option and never shows its value.
 */
export function requireOptions<Options extends object>(
  of: string,
  options: Options,
  rules: { readonly [Name in keyof Options]-?: OptionRule },
): void {
  if (!isObject(options)) throw new VerifierError("ERR_OPTION", `${of}: options must be an object`);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(rules, name)) continue;
    const known = Object.keys(rules).join(", ");
    throw new VerifierError("ERR_OPTION", `${of}: ${name} is not an option; there are ${known}`);
  }
  for (const [name, rule] of Object.entries<OptionRule>(rules)) {
    const value: unknown = options[name as keyof Options];
    if (value === undefined ? rule.isRequired === true : !rule.isValid(value)) {
      throw new VerifierError("ERR_OPTION", `${of}: ${name} must be ${rule.mustBe}`);
    }
  }
}

/** Rejects what a middleware cannot ask. */
export function requireVerifier(of: string, verifier: unknown): void {
  if (hasFunction(verifier, "verify")) return;
  throw new VerifierError("ERR_OPTION", `${of}: verifier must be what createVerifier() returns`);
}

/** A whole number from a bound up. */
export function integerFrom(least: number): OptionRule {
  return {
    isValid: (value) => Number.isSafeInteger(value) && Number(value) >= least,
    mustBe: `an integer of at least ${least}`,
  };
}

export const aFunction: OptionRule = {
  isValid: (value) => typeof value === "function",
  mustBe: "a function",
};

export const aBoolean: OptionRule = {
  isValid: (value) => typeof value === "boolean",
  mustBe: "true or false",
};

export const aString: OptionRule = {
  isValid: (value) => typeof value === "string",
  mustBe: "a string",
};

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether a value is an object, or a function, with a method. */
export function hasFunction(value: unknown, name: string): boolean {
  return isObject(value) && typeof (value as Record<string, unknown>)[name] === "function";
}
