/**
 * Signed requests with superagent, in Node.
 *
 * @module
 */

import type { ClientRequest } from "node:http";
import superagent, { type Plugin } from "superagent";
import { ClientError } from "./client-error.js";
import { OriginChain } from "./origin-chain.js";
import { chain, fieldsOf, type SignedOutgoingRequest, signOutgoing } from "./outgoing-request.js";
import { requireLibrary } from "./require-library.js";
import { BODY_HASH_OPTION, requireOptionsOf, requireSigner } from "./require-options.js";
import type { AnySigner } from "./sign-request.js";

/** Options of {@link superagentSigner}. */
export interface SuperagentSignerOptions {
  /**
   * If `true`, bodies that are not forms carry `oauth_body_hash`. Default: the signer's setting.
   */
  readonly bodyHash?: boolean | undefined;
}

/**
 * A plugin for `request.use` or `agent.use`. It signs a request, each retry, and each hop of a
 * redirect on the same origin. Requests to another origin, and those that follow, carry no
 * signature.
 *
 * A request that cannot be signed fails with `ClientError`, before anything is sent. A
 * request that you write to or pipe into starts before it can be signed, and fails too.
 *
 * @param signer - Signs each request.
 * @throws `ClientError` `ERR_LIBRARY_VERSION`, when a request uses it, if superagent is too
 * old or runs in a browser.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * const plugin = superagentSigner(signer);
 * // await superagent.get("https://photos.example.net/photos").use(plugin);
 * plugin.length; // 1
 * ```
 */
export function superagentSigner(signer: AnySigner, options: SuperagentSignerOptions = {}): Plugin {
  requireSigner("superagentSigner", signer);
  requireOptionsOf("superagentSigner", options, BODY_HASH_OPTION);
  return (given) => {
    const request = given as unknown as NodeRequest;
    const end = request._end;
    requireLibrary(
      typeof end === "function" && typeof request.header === "object",
      "superagentSigner needs superagent 7 or later, in Node",
    );
    let change: Change | undefined;
    const origins = new OriginChain();

    /** Removes what was added to one attempt before the next. */
    const undo = () => {
      if (change === undefined) return;
      for (const field of spellings(request, "authorization")) {
        if (request.header[field] === change.authorization) request.unset(field);
      }
      if (request._data !== change.body.is || change.body.is === change.body.was) return;
      request._data = change.body.was;
      unset(request, "content-length");
    };
    request.on("redirect", () => {
      undo();
      origins.goTo(urlOf(request));
      if (origins.hasLeft) for (const name of ["authorization", "cookie"]) unset(request, name);
    });
    const fail = (error: unknown) => {
      request.callback(error);
      request.abort();
    };
    request._end = () => {
      undo();
      const { req } = request;
      const url = urlOf(request);
      const user = url.username || url.password ? `${url.username}:${url.password}@` : "";
      try {
        if (!origins.signs(signer, request.method, url)) return end.call(request);
        if (req.headersSent)
          throw new ClientError(
            "ERR_BODY_STREAM",
            "the body must not be piped, because it must be known before it is sent: use send()",
          );
        const was = request._data;
        // A proxy agent has already changed it to absolute-form (RFC 9112 §3.2.2).
        const isAbsolute = /^https?:\/\//i.test(req.path);
        const body = serialized(request);
        const signed = signOutgoing(
          signer,
          {
            method: request.method,
            // The user name and password stay, so that the signer rejects them. `URL` would
            // respell the path.
            url: isAbsolute ? req.path : `${url.protocol}//${user}${url.host}${req.path}`,
            fields: fieldsOf(req.getHeaders()),
            body: request._formData ?? body,
          },
          options,
        );
        const send = (signed: SignedOutgoingRequest) => {
          for (const [name, value] of Object.entries(signed.added)) req.setHeader(name, value);
          req.path = isAbsolute ? signed.url : signed.target;
          if (!request._formData) request._data = signed.body ?? undefined;
          const { Authorization: authorization } = signed.added;
          change = { authorization, body: { was, is: request._data } };
          return end.call(request);
        };
        const sent = chain(signed, send);
        return sent instanceof Promise ? sent.catch(fail) : sent;
      } catch (error) {
        return fail(error);
      }
    };
  };
}

/**
 * Returns the spellings of a header. superagent before 10 removes it by its exact spelling only.
 */
function spellings({ header }: NodeRequest, name: string): string[] {
  return Object.keys(header).filter((field) => field.toLowerCase() === name);
}

function unset(request: NodeRequest, name: string): void {
  for (const field of spellings(request, name)) request.unset(field);
}

/** superagent reads a URL without a scheme as http. */
function urlOf({ url }: NodeRequest): URL {
  return new URL(url.startsWith("http") ? url : `http://${url}`);
}

interface Change {
  readonly authorization: string | undefined;
  readonly body: { readonly was: unknown; readonly is: unknown };
}

/**
 * The part of superagent's request that is used. Its public API has no hook between data and
 * sending.
 */
interface NodeRequest {
  readonly method: string;
  readonly url: string;
  readonly req: ClientRequest;
  readonly header: Readonly<Record<string, string>>;
  readonly _formData: unknown;
  readonly _serializer?: (data: unknown) => string;
  _data: unknown;
  _end(): unknown;
  abort(): void;
  callback(error: unknown): void;
  on(event: "redirect", listener: () => void): void;
  unset(field: string): void;
}

/** Serializes the data as superagent does for its content type. */
function serialized({ req, _data, _serializer }: NodeRequest): unknown {
  if (typeof _data === "string" || _data === undefined || _data === null) return _data;
  const type = String(req.getHeader("Content-Type") ?? "").split(";")[0] ?? "";
  const { serialize } = superagent as unknown as {
    serialize: Readonly<Record<string, (data: unknown) => string>>;
  };
  const known = Object.hasOwn(serialize, type) ? serialize[type] : undefined;
  const json = /[/+]json($|[^-\w])/i.test(type) ? serialize["application/json"] : undefined;
  const write = _serializer ?? known ?? json;
  return write === undefined ? _data : write(_data);
}
