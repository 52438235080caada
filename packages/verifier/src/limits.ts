import { integerFrom, optional } from "@oauth1/options";
import { type RulesOf, requireOptionsOf } from "./require-options.js";

/** Limits on what a caller can send. A request that exceeds them is rejected before it is read. */
export interface Limits {
  /**
   * The maximum characters of the `Authorization` header. Default: 8192. Status if exceeded: 431.
   */
  readonly authorizationHeader?: number | undefined;
  /** The maximum characters of the request-target. Default: 8192. Status if exceeded: 414. */
  readonly requestTarget?: number | undefined;
  /** The maximum number of parameters in query, header and form body together. Default: 1000. */
  readonly parameters?: number | undefined;
  /**
   * The maximum bytes of a body that is read (a form, or a body with a hash). Default: 1 MiB.
   * Status if exceeded: 413.
   */
  readonly body?: number | undefined;
  /**
   * The milliseconds within which such a body must arrive. Default: 30,000. Status if exceeded:
   * 408.
   */
  readonly bodyTimeout?: number | undefined;
  /** The maximum characters of a nonce, decoded. Default: 256. Status if exceeded: 400. */
  readonly nonce?: number | undefined;
}

export type KnownLimits = { readonly [Name in keyof Limits]-?: number };

const DEFAULTS: KnownLimits = {
  authorizationHeader: 8192,
  requestTarget: 8192,
  parameters: 1000,
  body: 1_048_576,
  bodyTimeout: 30_000,
  nonce: 256,
};

const RULES = Object.fromEntries(
  Object.keys(DEFAULTS).map((name) => [name, optional(integerFrom(1))]),
) as RulesOf<Limits>;

/**
 * Returns the given limits, with the defaults for omitted ones.
 *
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 */
export function knownLimits(given: Limits = {}): KnownLimits {
  requireOptionsOf("limits", given, RULES);
  const limits: Record<keyof Limits, number> = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Limits)[])
    limits[name] = given[name] ?? limits[name];
  return limits;
}
