import { SignerError } from "./signer-error.js";

/** What an option must be: a test, and the words that complete "must be". */
export type OptionRule = readonly [isValid: (value: unknown) => boolean, mustBe: string];

/**
 * Rejects options that are misspelled or of the wrong kind. One that says nothing, such as
 * `allowInsecureTransport: "false"`, would do what nobody asked for.
 *
 * @throws SignerError `ERR_OPTION`, which names the option and never shows its value.
 */
export function requireOptions(options: object, rules: Readonly<Record<string, OptionRule>>): void {
  if (typeof options !== "object" || options === null) {
    throw new SignerError("ERR_OPTION", "options", "must be an object");
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      throw new SignerError("ERR_OPTION", name, `is not among ${Object.keys(rules).join(", ")}`);
    }
    const [isValid, mustBe] = rule;
    if (value !== undefined && !isValid(value)) {
      throw new SignerError("ERR_OPTION", name, `must be ${mustBe}`);
    }
  }
}

const is =
  (type: string) =>
  (value: unknown): boolean =>
    typeof value === type;
const orNull =
  (isValid: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || isValid(value);
const aFunction: OptionRule = [is("function"), "a function"];
const aBoolean: OptionRule = [is("boolean"), "true or false"];

/** The options of a signer, whose credentials are checked where they are read. */
export const SIGNER_OPTIONS: Readonly<Record<string, OptionRule>> = {
  client: [is("object"), "client credentials"],
  token: [is("object"), "token credentials, or null"],
  signatureMethod: [
    (value) => typeof (value as { prepareToSign?: unknown } | null)?.prepareToSign === "function",
    "a signature method such as hmacSha1, which is an object, not a name",
  ],
  realm: [orNull(is("string")), "a string, or null"],
  transmission: [
    (value) => ["header", "form-body", "query"].includes(value as string),
    '"header", "form-body" or "query"',
  ],
  version: [(value) => value === null || value === "1.0", '"1.0", or null'],
  bodyHash: aBoolean,
  allowInsecureTransport: aBoolean,
  clock: aFunction,
  nonce: aFunction,
};

/** What belongs to one request. */
export const SIGN_OPTIONS: Readonly<Record<string, OptionRule>> = {
  protocolParameters: [Array.isArray, "a list of pairs of strings"],
  bodyHash: aBoolean,
  timestampOffset: [Number.isSafeInteger, "an integer"],
};
