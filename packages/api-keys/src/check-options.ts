import { type Rules, requireOptions } from "@oauth1/options";
import { ApiKeysError } from "./api-keys-error.js";

/**
 * Checks the options of a function.
 *
 * @param of - The name of the function that takes the options, for the message.
 * @param rules - A rule for each option.
 * @throws ApiKeysError `ERR_ARGUMENT` with the name of the option and its requirement.
 */
export function checkOptions(of: string, options: unknown, rules: Rules): void {
  requireOptions(
    options,
    rules,
    (option, problem) => new ApiKeysError("ERR_ARGUMENT", `${of}: ${option} ${problem}`),
  );
}
