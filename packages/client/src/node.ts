/**
 * Signed requests with plain `node:http` and `node:https`.
 *
 * @module
 */

import type { RequestOptions } from "node:https";
import { urlToHttpOptions } from "node:url";
import type { Signer } from "@oauth1/signer";
import { ClientError } from "./client-error.js";
import { chain, fieldOf, fieldsOf, headersOf, signOutgoing } from "./outgoing-request.js";
import {
  BODY_HASH_OPTION,
  requireOptionsOf,
  requireSigner,
  wrongOption,
} from "./require-options.js";
import type { AnySigner } from "./sign-request.js";

/** Options of `request` in `node:https` and `node:http`, except those that the URL determines. */
export interface RequestToSign
  extends Omit<
    RequestOptions,
    "auth" | "defaultPort" | "host" | "hostname" | "path" | "port" | "protocol"
  > {
  /**
   * The body to send. A form is signed: `URLSearchParams`, and text or bytes with the content type
   * of a form. Any other body, for example a stream, is returned unchanged.
   */
  readonly body?: unknown;
  /**
   * If `true`, a body that is not a form carries `oauth_body_hash`. Default: the signer's setting.
   */
  readonly bodyHash?: boolean | undefined;
}

/** The request to send. */
export interface SignedNodeRequest {
  /** Pass them to `request(options)` of `node:http`, or of `node:https` if the URL is `https`. */
  readonly options: RequestOptions;
  /** End the request with it, or pipe it into the request. `URLSearchParams` become text. */
  readonly body: unknown;
}

/**
 * Signs a request for `request` of `node:http` or `node:https`.
 *
 * @param url - The absolute URL. It is sent as the URL standard serializes it.
 * @param request - The rest of Node's options, and the body. A `Host` header replaces the URL's
 * host in the signature.
 * @returns The options and the body, or a promise of them if the signature method is asynchronous.
 */
export type NodeSigner<Signature extends string | Promise<string>> = (
  url: string | URL,
  request?: RequestToSign,
) => Signature extends string ? SignedNodeRequest : Promise<SignedNodeRequest>;

/**
 * Returns a function that makes signed options for `request` of `node:http` or `node:https`.
 *
 * The function throws `ClientError` if a request cannot be signed. With an asynchronous signature
 * method its promise can reject instead.
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
 * const sign = nodeSigner(signer);
 * const { options, body } = sign("http://photos.example.net/a b?c", {
 *   method: "POST",
 *   body: new URLSearchParams({ title: "a b" }),
 * });
 * // request(options).end(body);
 * [options.method, options.path, body]; // ["POST", "/a%20b?c", "title=a+b"]
 * ```
 */
export function nodeSigner<Signature extends string | Promise<string>>(
  signer: Signer<Signature>,
): NodeSigner<Signature> {
  requireSigner("nodeSigner", signer);
  return ((url, request = {}) =>
    signedRequest(signer as AnySigner, url, request)) as NodeSigner<Signature>;
}

function signedRequest(
  signer: AnySigner,
  url: string | URL,
  request: RequestToSign,
): SignedNodeRequest | Promise<SignedNodeRequest> {
  if (typeof request !== "object" || request === null) {
    throw wrongOption("nodeSigner", "request", "must be an object");
  }
  const { body, bodyHash, ...given } = request;
  requireOptionsOf("nodeSigner", { bodyHash }, BODY_HASH_OPTION);
  for (const name of ["auth", "defaultPort", "host", "hostname", "path", "port", "protocol"]) {
    if (name in given) throw wrongOption("nodeSigner", name, "is taken from the URL; remove it");
  }
  if (!URL.canParse(url)) throw new ClientError("ERR_URL", "the URL must be absolute");
  const parsed = new URL(url);
  parsed.hash = "";
  const method = given.method ?? "GET";
  const fields = fieldsOf(given.headers);
  const signed = signOutgoing(signer, { method, url: parsed.href, fields, body }, { bodyHash });
  const { protocol, hostname, port } = urlToHttpOptions(parsed);
  return chain(signed, ({ target, added, body }) => {
    const headers = headersOf([...fields, ...Object.entries(added)]);
    // Node omits this from a DELETE request, so the server would not find the body's end.
    const isKnown = typeof body === "string" || body instanceof Uint8Array;
    if (isKnown && !fieldOf(fields, "content-length") && !fieldOf(fields, "transfer-encoding")) {
      headers["Content-Length"] = String(Buffer.byteLength(body));
    }
    const options: RequestOptions = {
      ...given,
      protocol,
      hostname,
      ...(port !== undefined && { port }),
      path: target,
      method,
      headers,
    };
    return { options, body };
  });
}
