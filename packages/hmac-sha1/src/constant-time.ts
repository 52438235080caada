/**
 * The only comparison of texts that are secret, or that nobody can be allowed to guess part by
 * part.
 *
 * @module
 */

export { equalInConstantTime } from "#constant-time";
