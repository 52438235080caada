import { ClientError } from "./client-error.js";

/** What an option must be: a test, and the words that complete "must be". */
export type OptionRule = readonly [isValid: (value: unknown) => boolean, mustBe: string];

/**
 * Rejects options that are misspelled or of the wrong kind.
 *
 * @param of - The function that takes them, for the message.
 * @throws ClientError `ERR_OPTION`, which names the option and never shows its value.
 */
export function requireOptions(
  of: string,
  options: object,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  if (typeof options !== "object" || options === null) {
    throw new ClientError("ERR_OPTION", `${of}: options must be an object`);
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(", ");
      throw new ClientError("ERR_OPTION", `${of}: ${name} is not an option; there are ${known}`);
    }
    if (value !== undefined && !rule[0](value)) {
      throw new ClientError("ERR_OPTION", `${of}: ${name} must be ${rule[1]}`);
    }
  }
}

/** Rejects what cannot sign. */
export function requireSigner(of: string, signer: unknown): void {
  if (typeof (signer as { sign?: unknown } | null | undefined)?.sign === "function") return;
  throw new ClientError("ERR_OPTION", `${of}: signer must be what createSigner() returns`);
}

export const aBoolean: OptionRule = [(value) => typeof value === "boolean", "true or false"];
export const aFunction: OptionRule = [(value) => typeof value === "function", "a function"];

/** The options of an adapter that only signs. */
export const BODY_HASH_OPTION: Readonly<Record<"bodyHash", OptionRule>> = { bodyHash: aBoolean };
