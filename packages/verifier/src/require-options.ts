import { hasFunction, type Rule, requireOptions } from "@oauth1/options";
import { VerifierError } from "./verifier-error.js";

/** A rule for each option of a function. */
export type RulesOf<Options> = { readonly [Name in keyof Options]-?: Rule };

/**
 * Rejects options that are missing, misspelled or of the wrong type. A server with an ineffective
 * setting could accept what it should not, or reject everything.
 *
 * @param of - The name of the function that takes the options, for the message.
 * @throws VerifierError `ERR_VERIFIER_OPTION`, which names the option and never shows its value.
 */
export function requireOptionsOf<Options extends object>(
  of: string,
  options: Options,
  rules: RulesOf<Options>,
): void {
  requireOptions(options, rules, (option, problem) => wrongOption(of, option, problem));
}

/** Rejects a value that is not a verifier. */
export function requireVerifier(of: string, verifier: unknown): void {
  if (hasFunction(verifier, "verify")) return;
  throw wrongOption(of, "verifier", "must be the result of createVerifier()");
}

/** The error for an option or an argument of a function. */
export function wrongOption(of: string, option: string, problem: string): VerifierError {
  return new VerifierError("ERR_VERIFIER_OPTION", `${of}: ${option} ${problem}`);
}
