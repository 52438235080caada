/**
 * Arbitraries and laws of RFC 5849 §3, for fast-check.
 *
 * @module
 */

/**
 * The fast-check arbitraries that the laws take: parameters, URLs, credentials, whole requests.
 */
export * as arbitraries from "./arbitraries/index.js";
export { type Law, LawBroken } from "./law.js";
export { laws } from "./laws/index.js";
