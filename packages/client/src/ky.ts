/**
 * Signed requests with ky.
 *
 * @module
 */

import type { Options } from "ky";
import type { AnySigner } from "./sign-request.js";
import { type SignedFetchOptions, signedFetch } from "./signed-fetch.js";

/**
 * Options for `ky.extend` or `ky.create`. Every request, retry and redirect gets its own signature.
 *
 * It signs in ky's `fetch` option, because a hook does not see the hops of a redirect. ky converts
 * its arguments to a `Request`, whose body is sent once. With `readRequests`, redirects with status
 * 307 or 308 can send it again. ky's own retries do not need this.
 *
 * @param signer - Signs each request.
 * @param options - The options of `signedFetch`.
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
