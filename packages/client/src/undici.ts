/**
 * Signed requests with undici.
 *
 * @module
 */

import { stringify } from "node:querystring";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { aBoolean, optional } from "@oauth1/options";
import { SignerError } from "@oauth1/signer";
import type { Dispatcher } from "undici";
import { ClientError } from "./client-error.js";
import { OriginChain } from "./origin-chain.js";
import {
  type Fields,
  fieldOf,
  fieldsOf,
  headersOf,
  type SignedOutgoingRequest,
  signOutgoing,
} from "./outgoing-request.js";
import { isRedirectStatus } from "./redirect.js";
import { type RulesOf, requireOptionsOf, requireSigner, wrongOption } from "./require-options.js";
import type { AnySigner } from "./sign-request.js";

/** Options of {@link undiciSigner}. */
export interface UndiciSignerOptions {
  /**
   * The origin whose requests are signed, for example `https://api.example.com`. Requests to
   * another origin are not signed, nor are the redirects that follow from them. `fetch` hides
   * which request a hop follows from, so with `fetch` a redirect from another origin to this
   * one is an error.
   */
  readonly origin: string | URL;
  /**
   * If `true`, bodies that are not forms carry `oauth_body_hash`. Default: the signer's setting.
   */
  readonly bodyHash?: boolean | undefined;
}

/**
 * An interceptor for `Dispatcher.compose`. Put it before those that send requests again
 * (`compose(undiciSigner(…), interceptors.redirect(), interceptors.retry())`), so that each hop and
 * each retry gets its own signature.
 *
 * A request that cannot be signed fails with `ClientError` or `SignerError`, before anything is
 * sent.
 *
 * @param signer - Signs each request.
 * @param given - The origin, and how its requests are signed.
 * @throws `ClientError` `ERR_URL` if the origin is not an `http` or `https` URL.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * const sign = undiciSigner(signer, { origin: "https://photos.example.net" });
 * // const dispatcher = new Agent().compose(sign, interceptors.redirect({ maxRedirections: 5 }));
 * sign.length; // 1
 * ```
 */
export function undiciSigner(
  signer: AnySigner,
  given: UndiciSignerOptions,
): Dispatcher.DispatcherComposeInterceptor {
  requireSigner("undiciSigner", signer);
  requireOptionsOf("undiciSigner", given, OPTIONS);
  const { bodyHash } = given;
  const origin = originOf(given.origin);
  // undici's own interceptors use one handler for all hops and attempts of a request.
  const chains = new WeakMap<object, OriginChain>();
  const chainOf = (handler: object) => {
    const known = chains.get(handler) ?? new OriginChain(origin);
    chains.set(handler, known);
    return known;
  };
  const signed = (dispatch: Dispatcher.Dispatch, ...[options, handler]: DispatchArguments) => {
    const path = pathWithQuery(options);
    const fields = fieldsOf(options.headers);
    const send = ({ target, added, body }: SignedOutgoingRequest) => {
      const headers = headersOf([...fields, ...Object.entries(added)]);
      const { query: _, ...rest } = options as Dispatcher.DispatchOptions & { query?: unknown };
      const signed = { ...rest, path: target, headers, body };
      return dispatch(signed as Dispatcher.DispatchOptions, handler);
    };
    const sign = (body: unknown) =>
      signOutgoing(
        signer,
        { method: options.method, url: origin + path, fields, body },
        { bodyHash },
      );
    const { body } = options;
    const made = isFormInPieces(fields, body) ? octetsOf(body).then(sign) : sign(body);
    if (!(made instanceof Promise)) return send(made);
    made.then(send).catch((error: Error) => fail(handler, error));
    return true;
  };
  return (dispatch) => (options, handler) => {
    try {
      const target = options.origin === undefined ? origin : originOf(options.origin);
      const isSigned = chainOf(handler).signs(signer, options.method, target);
      if (isSigned) return signed(dispatch, options, handler);
      return dispatch(
        options,
        isOfFetch(options) ? guarded(handler, target, options, origin) : handler,
      );
    } catch (error) {
      if (error instanceof ClientError || error instanceof SignerError) return fail(handler, error);
      throw error;
    }
  };
}

type DispatchArguments = Parameters<Dispatcher.Dispatch>;

const OPTIONS: RulesOf<UndiciSignerOptions> = {
  origin: {
    mustBe: "a URL",
    isValid: (value) => typeof value === "string" || value instanceof URL,
  },
  bodyHash: optional(aBoolean),
};

function fail(handler: Dispatcher.DispatchHandler, error: Error): false {
  if (handler.onResponseError) handler.onResponseError(stopped(error), error);
  else handler.onError?.(error);
  return false;
}

/**
 * Returns true if a form comes in pieces, as `fetch` passes a `URLSearchParams`. Streams are not
 * read.
 */
function isFormInPieces(fields: Fields, body: unknown): body is AsyncIterable<Uint8Array> {
  return (
    isFormContentType(fieldOf(fields, "content-type")) &&
    typeof body === "object" &&
    body !== null &&
    Symbol.asyncIterator in body &&
    !("pipe" in body)
  );
}

async function octetsOf(pieces: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const read: Buffer[] = [];
  for await (const piece of pieces) read.push(Buffer.from(piece));
  return Buffer.concat(read);
}

/**
 * Returns true for a request by `fetch`, which follows redirects itself, each with a new handler.
 */
function isOfFetch({ headers }: Dispatcher.DispatchOptions): boolean {
  return fieldOf(fieldsOf(headers), "sec-fetch-mode") !== undefined;
}

/**
 * Wraps a handler of `fetch` for a request to another origin. If the response redirects to the
 * signed origin, the hop that follows looks like the caller's own request. So the redirect is an
 * error.
 */
function guarded(
  handler: Dispatcher.DispatchHandler,
  target: string,
  { path }: Dispatcher.DispatchOptions,
  origin: string,
): Dispatcher.DispatchHandler {
  const leadsBack = (status: number, location: unknown) =>
    isRedirectStatus(status) &&
    typeof location === "string" &&
    URL.canParse(location, target + path) &&
    new URL(location, target + path).origin === origin;
  const error = () =>
    new ClientError(
      "ERR_REDIRECT_ORIGIN",
      `${target} redirects to the signed origin: use signedFetch, which follows the redirect without a signature`,
    );
  const wrapped: Record<string, unknown> = {};
  for (const name of HANDLER_METHODS) {
    const method: unknown = Reflect.get(handler, name);
    if (typeof method === "function") {
      wrapped[name] = (...given: unknown[]) => method.apply(handler, given);
    }
  }
  const { onResponseStart, onHeaders } = handler;
  if (onResponseStart) {
    wrapped["onResponseStart"] = (...given: Parameters<typeof onResponseStart>) => {
      const [, status, headers] = given;
      if (leadsBack(status, headers["location"])) throw error();
      return onResponseStart.apply(handler, given);
    };
  }
  if (onHeaders) {
    wrapped["onHeaders"] = (...given: Parameters<typeof onHeaders>) => {
      const [status, headers] = given;
      if (leadsBack(status, fieldOf(fieldsOf(headers.map(String)), "location"))) throw error();
      return onHeaders.apply(handler, given);
    };
  }
  return wrapped as Dispatcher.DispatchHandler;
}

/** The methods of a handler in undici 7 and in earlier versions. */
const HANDLER_METHODS: readonly string[] = [
  "onRequestStart",
  "onRequestUpgrade",
  "onResponseStart",
  "onResponseData",
  "onResponseEnd",
  "onResponseError",
  "onConnect",
  "onUpgrade",
  "onResponseStarted",
  "onHeaders",
  "onData",
  "onComplete",
  "onError",
  "onBodySent",
  "onRequestSent",
];

function originOf(url: string | URL): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ClientError("ERR_URL", "origin must be an http or https URL");
  }
  return new URL(url).origin;
}

/** undici adds its option `query` to the path after all interceptors. */
function pathWithQuery(options: Dispatcher.DispatchOptions): string {
  const query = stringify(options.query as Parameters<typeof stringify>[0]);
  if (query === "") return options.path;
  if (/[?#]/.test(options.path)) {
    throw wrongOption("undiciSigner", "query", "must be omitted if the path has a query");
  }
  return `${options.path}?${query}`;
}

/** Returns the controller of a request that was never sent. */
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
