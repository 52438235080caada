/**
 * Signed requests by undici.
 *
 * @module
 */

import { stringify } from "node:querystring";
import type { Dispatcher } from "undici";
import { ClientError } from "./client-error.js";
import {
  fieldsOf,
  headersOf,
  type SignedOutgoingRequest,
  signOutgoing,
} from "./outgoing-request.js";
import type { AnySigner } from "./sign-request.js";

/** What an interceptor signs. */
export interface SigningInterceptorOptions {
  /**
   * The origin whose requests are signed, `https://api.example.com` for example. Requests to any
   * other, by a redirect too, pass without a signature.
   */
  readonly origin: string | URL;
  /** Whether bodies that are no form carry `oauth_body_hash`. What the signer says where left out. */
  readonly bodyHash?: boolean | undefined;
}

/**
 * An interceptor for `Dispatcher.compose`. Put it before those that send requests again
 * (`compose(signingInterceptor(…), interceptors.redirect(), interceptors.retry())`): each hop and
 * each retry then has a signature of its own.
 *
 * A request that cannot be signed fails with `ClientError`, before anything is sent.
 *
 * @param signer - Signs each request.
 * @param options - Which origin's requests.
 * @throws `ClientError` `ERR_URL` where the origin is none.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * const sign = signingInterceptor(signer, { origin: "https://photos.example.net" });
 * // const dispatcher = new Agent().compose(sign, interceptors.redirect({ maxRedirections: 5 }));
 * sign.length; // 1
 * ```
 */
export function signingInterceptor(
  signer: AnySigner,
  { origin: given, bodyHash }: SigningInterceptorOptions,
): Dispatcher.DispatcherComposeInterceptor {
  const origin = originOf(given);
  return (dispatch) => (options, handler) => {
    if (options.origin !== undefined && originOf(options.origin) !== origin) {
      return dispatch(options, handler);
    }
    const path = pathWithQuery(options);
    const fields = fieldsOf(options.headers);
    const send = ({ target, added, body }: SignedOutgoingRequest) => {
      const headers = headersOf([...fields, ...Object.entries(added)]);
      const { query: _, ...rest } = options as Dispatcher.DispatchOptions & { query?: unknown };
      const signed = { ...rest, path: target, headers, body };
      return dispatch(signed as Dispatcher.DispatchOptions, handler);
    };
    const fail = (error: Error) => {
      handler.onResponseError?.(stopped(error), error);
      return false;
    };
    try {
      const signed = signOutgoing(
        signer,
        { method: options.method, url: origin + path, fields, body: options.body },
        { bodyHash },
      );
      if (!(signed instanceof Promise)) return send(signed);
      signed.then(send).catch(fail);
      return true;
    } catch (error) {
      if (error instanceof ClientError) return fail(error);
      throw error;
    }
  };
}

function originOf(url: string | URL): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ClientError("ERR_URL", "origin is not one of http or https");
  }
  return new URL(url).origin;
}

/** undici adds its option `query` to the path when all interceptors have seen it. */
function pathWithQuery(options: Dispatcher.DispatchOptions): string {
  const query = stringify(options.query as Parameters<typeof stringify>[0]);
  if (query === "") return options.path;
  if (/[?#]/.test(options.path)) {
    throw new ClientError("ERR_OPTION", "query: the path has one already");
  }
  return `${options.path}?${query}`;
}

/** The controller of a request that was never sent. */
function stopped(reason: Error): Dispatcher.DispatchController {
  const nothing = () => {};
  return {
    aborted: true,
    paused: false,
    reason,
    abort: nothing,
    pause: nothing,
    resume: nothing,
  };
}
