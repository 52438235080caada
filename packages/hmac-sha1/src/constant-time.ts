/**
 * The one comparison of texts that are secret, or that nobody may guess part by part.
 *
 * @module
 */

export { equalInConstantTime } from "#constant-time";
