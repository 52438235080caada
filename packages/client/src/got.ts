/**
 * Signed requests with got.
 *
 * @module
 */

import { isFormContentType } from "@oauth1/base-string/entity-body";
import type { BeforeRequestHook, Hooks } from "got";
import { ClientError } from "./client-error.js";
import { OriginChain } from "./origin-chain.js";
import {
  chain,
  fieldsOf,
  isOf,
  type SignedOutgoingRequest,
  signOutgoing,
} from "./outgoing-request.js";
import { CREDENTIAL_FIELDS } from "./redirect.js";
import { requireLibrary } from "./require-library.js";
import { BODY_HASH_OPTION, requireOptionsOf, requireSigner } from "./require-options.js";
import type { AnySigner } from "./sign-request.js";

/** Options of {@link gotSigner}. */
export interface GotSignerOptions {
  /**
   * If `true`, bodies that are not forms carry `oauth_body_hash`. Default: the signer's setting.
   */
  readonly bodyHash?: boolean | undefined;
}

/**
 * Options for `got.extend`: hooks that sign each request, each retry and each hop of a redirect on
 * the same origin. Requests to another origin, and those that follow, carry no signature, cookies
 * or authorization. The pages of `got.paginate` count as hops.
 *
 * A request that cannot be signed is not sent. got's `RequestError` for it has the code of the
 * `ClientError`, which is its `cause` in got 14 and later. With got 11 and earlier the code is
 * `ERR_LIBRARY_VERSION`.
 *
 * @param signer - Signs each request.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * // const api = got.extend(gotSigner(signer));
 * Object.keys(gotSigner(signer).hooks); // ["init", "beforeRequest", "beforeRedirect"]
 * ```
 */
export function gotSigner(
  signer: AnySigner,
  signing: GotSignerOptions = {},
): { hooks: Pick<Hooks, "init" | "beforeRequest" | "beforeRedirect"> } {
  requireSigner("gotSigner", signer);
  requireOptionsOf("gotSigner", signing, BODY_HASH_OPTION);
  return {
    hooks: {
      init: [
        ({ url: next }, options) => {
          // got 11 does not pass the hook the options with which the origins are stored.
          requireLibrary((options as unknown) !== undefined, "gotSigner needs got 12.6 or later");
          // The options get a second URL: the next page of `got.paginate`, which the server names.
          if (!(next instanceof URL) || options.url === undefined || options.url === "") return;
          const origins = chainOf(options);
          origins.goTo(options.url);
          origins.goTo(next);
        },
      ],
      beforeRequest: [
        (options) => {
          undo(options);
          const url = new URL(String(options.url));
          const { method, headers, body } = options;
          if (!chainOf(options).signs(signer, method, url)) return;
          if (options.isStream && body === undefined && isFormContentType(typeOf(options))) {
            throw new ClientError(
              "ERR_BODY_STREAM",
              "a form must not be written to got.stream, which sends it before it can be signed: pass it as body or form",
            );
          }
          url.hash = "";
          const signed = signOutgoing(
            signer,
            { method, url: url.href, fields: fieldsOf(headers), body },
            signing,
          );
          return chain(signed, (signed) => apply(options, signed));
        },
      ],
      beforeRedirect: [
        (options) => {
          undo(options);
          const origins = chainOf(options);
          if (options.url !== undefined) origins.goTo(options.url);
          if (!origins.hasLeft) return;
          for (const name of CREDENTIAL_FIELDS) delete options.headers[name];
        },
      ],
    },
  };
}

type Options = Parameters<BeforeRequestHook>[0];

/**
 * The changes that a hook made. They are undone before the next attempt, because got copies the
 * options.
 */
interface Change {
  readonly authorization?: string | undefined;
  readonly url: { readonly was: string; readonly is: string };
  readonly body: { readonly was: unknown; readonly is: unknown };
}

/** got copies `context`, and does not use it itself. */
interface Context {
  [CHANGE]?: Change;
  [CHAIN]?: OriginChain;
}
const CHANGE = Symbol("@oauth1/client: change");
const CHAIN = Symbol("@oauth1/client: origins");

function chainOf(options: Pick<Options, "context">): OriginChain {
  const { [CHAIN]: known } = options.context as Context;
  if (known !== undefined) return known;
  const origins = new OriginChain();
  options.context = { ...options.context, [CHAIN]: origins };
  return origins;
}

function typeOf({ headers }: Options): string | undefined {
  const type = headers["content-type"];
  return Array.isArray(type) ? type[0] : type;
}

function undo(options: Options): void {
  const { [CHANGE]: change } = options.context as Context;
  if (change === undefined) return;
  const { authorization, url, body } = change;
  if (authorization !== undefined && options.headers["authorization"] === authorization) {
    delete options.headers["authorization"];
  }
  if (url.was !== url.is && String(options.url) === url.is) options.url = new URL(url.was);
  if (body.was !== body.is && options.body === body.is) setBody(options, body.was);
}

function apply(options: Options, signed: SignedOutgoingRequest): void {
  const { added } = signed;
  const url = { was: String(options.url), is: String(options.url) };
  const body = { was: options.body, is: options.body };
  for (const [name, value] of Object.entries(added)) options.headers[name.toLowerCase()] = value;
  const { hash } = new URL(url.was);
  if (new URL(signed.url + hash).href !== url.was) {
    url.is = new URL(signed.url + hash).href;
    options.url = new URL(url.is);
  }
  if (typeof signed.body === "string" && signed.body !== body.was) {
    body.is = signed.body;
    setBody(options, signed.body);
  }
  const change: Change = { authorization: added["Authorization"], url, body };
  options.context = { ...options.context, [CHANGE]: change };
}

function setBody(options: Options, body: unknown): void {
  options.body = body as typeof options.body;
  if (typeof body === "string" || isOf(body, "Uint8Array")) {
    options.headers["content-length"] = String(Buffer.byteLength(body as string | Uint8Array));
  } else {
    delete options.headers["content-length"];
  }
}
