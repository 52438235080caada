/**
 * Signed requests by got.
 *
 * @module
 */

import type { BeforeRequestHook, Hooks } from "got";
import {
  chain,
  fieldsOf,
  isOf,
  type SignedOutgoingRequest,
  signOutgoing,
} from "./outgoing-request.js";
import { CREDENTIAL_FIELDS } from "./redirect.js";
import type { AnySigner } from "./sign-request.js";

/** How requests are signed. */
export interface SigningHooksOptions {
  /** Whether bodies that are no form carry `oauth_body_hash`. What the signer says where left out. */
  readonly bodyHash?: boolean | undefined;
}

/**
 * Options for `got.extend`: hooks that sign each request, each retry and each hop of a redirect on
 * the same origin. To another origin, and from there on, go neither signature, cookies nor
 * authorization.
 *
 * got's own error (`RequestError`) for a request that cannot be signed has the code of
 * `ClientError`, which is its `cause`; nothing is sent.
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
 * // const api = got.extend(signingHooks(signer));
 * Object.keys(signingHooks(signer).hooks); // ["beforeRequest", "beforeRedirect"]
 * ```
 */
export function signingHooks(
  signer: AnySigner,
  signing: SigningHooksOptions = {},
): { hooks: Pick<Hooks, "beforeRequest" | "beforeRedirect"> } {
  return {
    hooks: {
      beforeRequest: [
        (options) => {
          const before = undo(options);
          const url = new URL(String(options.url));
          if (before?.origin !== undefined && before.origin !== url.origin) {
            remember(options, { ...before, hasLeft: true });
            return;
          }
          if (before?.hasLeft) return;
          url.hash = "";
          const { method, headers, body } = options;
          const signed = signOutgoing(
            signer,
            { method, url: url.href, fields: fieldsOf(headers), body },
            signing,
          );
          return chain(signed, (signed) => apply(options, signed, url.origin));
        },
      ],
      beforeRedirect: [
        (options) => {
          const before = undo(options);
          const { origin } = new URL(String(options.url));
          if (before === undefined || before.origin === origin) return;
          for (const name of CREDENTIAL_FIELDS) delete options.headers[name];
          remember(options, { ...before, hasLeft: true });
        },
      ],
    },
  };
}

type Options = Parameters<BeforeRequestHook>[0];

/** What a hook changed, to be undone before the next: got makes each attempt's options of the last. */
interface Change {
  readonly origin: string;
  readonly hasLeft?: boolean;
  readonly authorization?: string | undefined;
  readonly url: { readonly was: string; readonly is: string };
  readonly body: { readonly was: unknown; readonly is: unknown };
}

/** got copies `context` along, and shows it to nobody else. */
const CHANGE = Symbol("@oauth1/client");

function remember(options: Options, change: Change): void {
  options.context = { ...options.context, [CHANGE]: change };
}

function undo(options: Options): Change | undefined {
  const change = (options.context as { [CHANGE]?: Change })[CHANGE];
  if (change === undefined) return undefined;
  const { authorization, url, body } = change;
  if (authorization !== undefined && options.headers["authorization"] === authorization) {
    delete options.headers["authorization"];
  }
  if (url.was !== url.is && String(options.url) === url.is) options.url = new URL(url.was);
  if (body.was !== body.is && options.body === body.is) setBody(options, body.was);
  return change;
}

function apply(options: Options, signed: SignedOutgoingRequest, origin: string): void {
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
  remember(options, { origin, authorization: added["Authorization"], url, body });
}

function setBody(options: Options, body: unknown): void {
  options.body = body as typeof options.body;
  if (typeof body === "string" || isOf(body, "Uint8Array")) {
    options.headers["content-length"] = String(Buffer.byteLength(body as string | Uint8Array));
  } else {
    delete options.headers["content-length"];
  }
}
