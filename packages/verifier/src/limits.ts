import { integerFrom, optional } from "@oauth1/options";
import { type RulesOf, requireOptionsOf } from "./require-options.js";

/** Bounds on what a caller may send. More is refused before it is read. */
export interface Limits {
  /** Characters of the `Authorization` header field: 8192 where left out. Beyond it 431. */
  readonly authorizationHeader?: number | undefined;
  /** Characters of the request-target: 8192 where left out. Beyond it 414. */
  readonly requestTarget?: number | undefined;
  /** Parameters of query, header field and form body together: 1000 where left out. */
  readonly parameters?: number | undefined;
  /** Octets of a body that is read (a form, or with a body hash): 1 MiB where left out. Beyond it 413. */
  readonly body?: number | undefined;
  /** Milliseconds in which all of such a body must arrive: 30,000 by default. Beyond it 408. */
  readonly bodyTimeout?: number | undefined;
  /** Characters of a nonce, decoded: 256 where left out. Beyond it 400. */
  readonly nonce?: number | undefined;
}

/** The limits in force. */
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
 * The given limits, and the defaults for the others.
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
