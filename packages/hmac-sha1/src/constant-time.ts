/**
 * The only comparison of texts that are secret, or that an attacker must not guess piece by
 * piece.
 *
 * @module
 */

export { equalInConstantTime } from "#constant-time";
