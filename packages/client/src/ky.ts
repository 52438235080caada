/**
 * Signed requests by ky.
 *
 * @module
 */

import type { Options } from "ky";
import type { AnySigner } from "./sign-request.js";
import { type SignedFetchOptions, signedFetch } from "./signed-fetch.js";

/**
 * Options for `ky.extend` or `ky.create`: every request, retry and redirect is signed by itself.
 *
 * It is ky's `fetch` option that signs, and not a hook: a hook does not see the hops of a redirect.
 * ky makes a `Request` of its arguments, whose body is sent once; `readRequests` lets it go along
 * with a redirect by 307 or 308. ky's own retries work without.
 *
 * @param signer - Signs each request.
 * @param options - As those of `signedFetch`.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * // const api = ky.extend(kySigner(signer));
 * Object.keys(kySigner(signer)); // ["fetch"]
 * ```
 */
export function kySigner(
  signer: AnySigner,
  options?: SignedFetchOptions,
): Required<Pick<Options, "fetch">> {
  return { fetch: signedFetch(signer, options) };
}
