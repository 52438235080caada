import { aBoolean, hasFunction, optional, type Rule, requireOptions } from "@oauth1/options";
import { ClientError } from "./client-error.js";

/** A rule for each option of a function. */
export type RulesOf<Options> = { readonly [Name in keyof Options]-?: Rule };

/**
 * Rejects options that are misspelled or of the wrong type.
 *
 * @param of - The name of the function that takes them, for the message.
 * @throws ClientError `ERR_CLIENT_OPTION`, which names the option and never shows its value.
 */
export function requireOptionsOf<Options extends object>(
  of: string,
  options: Options,
  rules: RulesOf<Options>,
): void {
  requireOptions(options, rules, (option, problem) => wrongOption(of, option, problem));
}

/** Rejects a value that is not a signer. */
export function requireSigner(of: string, signer: unknown): void {
  if (hasFunction(signer, "sign")) return;
  throw wrongOption(of, "signer", "must be the result of createSigner()");
}

/** The error for an option or an argument of a function. */
export function wrongOption(of: string, option: string, problem: string): ClientError {
  return new ClientError("ERR_CLIENT_OPTION", `${of}: ${option} ${problem}`);
}

/** The options of an adapter that only signs. */
export const BODY_HASH_OPTION: { readonly bodyHash: Rule } = { bodyHash: optional(aBoolean) };
