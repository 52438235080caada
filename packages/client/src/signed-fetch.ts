import { aBoolean, aFunction, optional } from "@oauth1/options";
import type { SignedRequest } from "@oauth1/signer";
import { discard, textStart } from "./bounded-reading.js";
import { ClientError } from "./client-error.js";
import { type ClockCorrection, clockCorrection, mayRejectTimestamp } from "./clock-correction.js";
import {
  type FetchRequest,
  isForm,
  isMultipart,
  readFetchArguments,
  withBodyRead,
} from "./fetch-request.js";
import { OriginChain } from "./origin-chain.js";
import { BODY_FIELDS, CREDENTIAL_FIELDS, isRedirectStatus, redirectTo } from "./redirect.js";
import { type RulesOf, requireOptionsOf, requireSigner } from "./require-options.js";
import { type AnySigner, signRequest } from "./sign-request.js";

/** The type of `fetch`. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Any function that is called like `fetch`: the platform's, undici's, or your own. */
export type AnyFetch = (input: never, init?: never) => Promise<unknown>;

/** Options of {@link signedFetch}. */
export interface SignedFetchOptions<F extends AnyFetch = Fetch> {
  /** Sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: F | undefined;
  /**
   * If `true`, bodies that are not forms carry `oauth_body_hash` (Request Body Hash extension).
   * Default: the signer's setting. A `Blob`, `FormData` and the body of a `Request` are read into
   * memory for it. A stream is rejected.
   */
  readonly bodyHash?: boolean | undefined;
  /**
   * If `true`, corrects the clock by the server's time and sends the request again, once, if the
   * server rejects the timestamp (`oauth_problem=timestamp_refused`), or answers 401 with a `Date`
   * a minute or more off. The correction applies to later requests to that origin for an hour, and
   * is withdrawn if it did not help. Over plain http, anyone on the way can set that time. Default:
   * `false`.
   */
  readonly correctClock?: boolean | undefined;
  /**
   * The largest correction of `correctClock`, in seconds. Default: 86,400 (one day). A server whose
   * time differs more is not believed. Use `Infinity` for a device whose clock starts in 1970.
   */
  readonly maximumClockCorrection?: number | undefined;
  /**
   * Called after each response and each network error. If it returns `true` or a promise of it, the
   * request is sent again with a new nonce, timestamp and signature. It is not called if the body
   * is a stream or that of a `Request`, which cannot be sent twice, nor for a redirect that is
   * followed.
   */
  readonly retry?: ((outcome: Outcome) => boolean | Promise<boolean>) | undefined;
  /**
   * If `true`, the body of a `Request` is read into memory before it is sent, so that it can be
   * sent again. A `Request` does not tell whether its body is a stream. Default: `false`, which
   * reads it only for a form or a body hash.
   */
  readonly readRequests?: boolean | undefined;
}

/** The result of one attempt to send a request. */
export interface Outcome {
  /** The number of times it has been sent. */
  readonly attempt: number;
  readonly method: string;
  /** The URL, without protocol parameters. */
  readonly url: string;
  /** The response, if there is one. */
  readonly response?: Response;
  /** The error that `fetch` threw, if there is no response. */
  readonly error?: unknown;
}

/**
 * Returns a `fetch` that signs each request, with the same arguments and results.
 *
 * Forms are signed: `URLSearchParams`, and text, bytes, a `Blob` or a `Request` with the content
 * type of a form. Other bodies are sent unchanged. Redirects are followed as the Fetch standard
 * requires. Each hop on the same origin gets a new signature. Requests to another origin, and those
 * that follow, carry no credentials. In a browser, where scripts cannot see where a redirect leads,
 * a redirect is an error.
 *
 * @param signer - Signs each request.
 * @param options - The function that sends the requests, or the options.
 * @returns A function that rejects with {@link ClientError} if a request cannot be signed, before
 * anything is sent, and otherwise behaves like `fetch`.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * // Default: the platform's fetch. This one responds with the request that it received.
 * const echo = async (url: string, init: RequestInit) => new Response(`${init.method} ${url}`);
 * const fetch = signedFetch(signer, echo);
 * const response = await fetch("https://photos.example.net/a/../photos?size=big one");
 * await response.text(); // "GET https://photos.example.net/photos?size=big%20one"
 * ```
 */
export function signedFetch(signer: AnySigner, options?: SignedFetchOptions): Fetch;
export function signedFetch<F extends AnyFetch>(
  signer: AnySigner,
  options: F | (SignedFetchOptions<F> & { readonly fetch: F }),
): (...parameters: Parameters<F>) => ReturnType<F>;
export function signedFetch(
  signer: AnySigner,
  options: AnyFetch | SignedFetchOptions<AnyFetch> = {},
): Fetch {
  requireSigner("signedFetch", signer);
  const chosen = typeof options === "function" ? { fetch: options } : options;
  requireOptionsOf("signedFetch", chosen, OPTIONS);
  const sender: Sender = {
    ...chosen,
    signer,
    clock: chosen.correctClock ? clockCorrection(chosen.maximumClockCorrection) : undefined,
    // Looked up for each request, and called as a global function.
    fetch: (chosen.fetch as Fetch | undefined) ?? ((url, init) => globalThis.fetch(url, init)),
  };
  return (input, init) => followRedirects(sender, input, init);
}

const OPTIONS: RulesOf<SignedFetchOptions> = {
  fetch: optional(aFunction),
  bodyHash: optional(aBoolean),
  correctClock: optional(aBoolean),
  maximumClockCorrection: optional({
    mustBe: "a positive number",
    isValid: (value) => typeof value === "number" && value > 0,
  }),
  retry: optional(aFunction),
  readRequests: optional(aBoolean),
};

interface Sender extends Omit<SignedFetchOptions, "fetch"> {
  readonly signer: AnySigner;
  readonly clock: ClockCorrection | undefined;
  readonly fetch: Fetch;
}

async function followRedirects(
  sender: Sender,
  ...[input, init]: Parameters<Fetch>
): Promise<Response> {
  let request = readFetchArguments(input, init);
  const chain = new OriginChain();
  request.init.signal?.throwIfAborted();
  if (mustBeRead(sender, request)) request = await withBodyRead(request);
  for (let followed = 0; ; followed++) {
    const isSigned = chain.signs(sender.signer, request.method, request.url);
    const response = await exchange(sender, request, isSigned);
    if (request.redirect !== "follow") return response;
    if (response.type === "opaqueredirect") {
      throw new ClientError(
        "ERR_REDIRECT_HIDDEN",
        "the browser hides where a redirect leads, but its target needs its own signature: request the final URL",
      );
    }
    const location = response.headers.get("location");
    if (!isRedirectStatus(response.status) || location === null) {
      return followed === 0 ? response : asRedirected(response);
    }
    await discard(response);
    request = afterRedirect(request, response.status, location, followed);
  }
}

/** A form must be in memory to be signed, and any other body to be hashed. */
function mustBeRead(sender: Sender, request: FetchRequest): boolean {
  return (
    hashesBody(sender, request) ||
    (isForm(request) && !isMultipart(request.body)) ||
    (sender.readRequests === true && request.original !== undefined)
  );
}

/** Forms are signed and carry no hash (Request Body Hash extension §4.1). */
function hashesBody({ signer, bodyHash = signer.bodyHash }: Sender, request: FetchRequest) {
  return bodyHash && signer.transmission !== "form-body" && !isForm(request);
}

/** Sends a request until no further attempt is needed. */
async function exchange(sender: Sender, request: FetchRequest, isSigned: boolean) {
  const { clock, retry } = sender;
  const { method, url, init } = request;
  const { origin } = new URL(url);
  let mayCorrect = clock !== undefined && isSigned;
  let withdraw: (() => void) | undefined;
  for (let attempt = 1; ; attempt++) {
    const offset = clock?.offset(origin) ?? 0;
    const signed = isSigned ? await signFetchRequest(sender, request, offset) : undefined;
    const at = Date.now();
    const outcome = await sender.fetch(...fetchArguments(request, signed)).then(
      (response) => ({ response, error: undefined }),
      (error: unknown) => ({ response: undefined, error }),
    );
    const { response, error } = outcome;
    if (response && mayRejectTimestamp(response.status)) withdraw?.();
    withdraw = undefined;
    const again =
      request.body.isRepeatable &&
      !init.signal?.aborted &&
      !(response && isFollowed(request, response));
    if (again && mayCorrect && clock && signed && response) {
      mayCorrect = false;
      const sent = { timestamp: timestampOf(signed), offset, at };
      if (mayRejectTimestamp(response.status)) {
        withdraw = clock.learn(origin, sent, await answer(response));
      }
      if (withdraw !== undefined) {
        await discard(response);
        continue;
      }
    }
    const told = { attempt, method, url, ...(response ? { response } : { error }) };
    if (!again || !(await retry?.(told))) {
      if (response) return response;
      throw error;
    }
    if (response) await discard(response);
    init.signal?.throwIfAborted();
  }
}

async function signFetchRequest(
  sender: Sender,
  request: FetchRequest,
  timestampOffset: number,
): Promise<SignedRequest<unknown>> {
  const { signer } = sender;
  const { method, url, headers, body } = request;
  if (signer.transmission === "form-body" && (method === "GET" || method === "HEAD")) {
    throw new ClientError(
      "ERR_REQUEST_METHOD",
      `fetch sends no body with ${method} to carry the protocol parameters: use another transmission`,
    );
  }
  const bodyHash = hashesBody(sender, request);
  if (bodyHash && !body.isRepeatable) {
    throw new ClientError(
      "ERR_BODY_STREAM",
      "a stream cannot be hashed before it is sent: pass text or bytes, or bodyHash: false",
    );
  }
  return signRequest<unknown>(
    signer,
    { method, url, headers, body: body.value },
    { bodyHash, timestampOffset },
  );
}

/** Returns the arguments for the platform's `fetch`. */
function fetchArguments(
  request: FetchRequest,
  signed: SignedRequest<unknown> | undefined,
): [input: string | Request, init: RequestInit] {
  const { method, original, redirect } = request;
  const url = signed?.url ?? request.url;
  const init: RequestInit & { duplex?: string } = {
    ...request.init,
    method,
    headers: signed?.headers ?? request.headers,
    redirect: redirect === "follow" ? "manual" : redirect,
  };
  // The platform's own `Request` has hidden state, so it is passed on unchanged.
  if (original !== undefined && url === request.url && signed?.body === request.body.value) {
    delete init.body;
    return [original, init];
  }
  init.body = (signed ? signed.body : request.body.value) as BodyInit | null;
  if (original !== undefined && !request.body.isRepeatable) init.duplex = "half";
  return [url, init];
}

function afterRedirect(request: FetchRequest, status: number, location: string, followed: number) {
  const { method, url, body } = request;
  const { isRepeatable } = body;
  const next = redirectTo(
    { method, url, hasBody: body.value !== null, isRepeatable },
    status,
    location,
    followed,
  );
  const headers = new Headers(request.headers);
  if (next.dropsBody) for (const name of BODY_FIELDS) headers.delete(name);
  if (next.leavesOrigin) for (const name of CREDENTIAL_FIELDS) headers.delete(name);
  return {
    ...request,
    method: next.method,
    url: next.url,
    headers,
    body: next.dropsBody ? { value: null, isRepeatable: true } : body,
    original: undefined,
  };
}

function isFollowed({ redirect }: FetchRequest, { status, headers, type }: Response): boolean {
  if (redirect !== "follow") return false;
  return type === "opaqueredirect" || (isRedirectStatus(status) && headers.has("location"));
}

function timestampOf({ protocolParameters }: SignedRequest<unknown>): number {
  return Number(protocolParameters.find(([name]) => name === "oauth_timestamp")?.[1]);
}

/** Reads the parts of a response that tell about the clock. The caller can still read its body. */
async function answer(response: Response) {
  const { status, headers } = response;
  const challenge = headers.get("www-authenticate") ?? "";
  const problem = challenge.includes("oauth_problem=") ? challenge : await textStart(response);
  return { status, date: headers.get("date"), problem };
}

/** Sets `redirected`, which the platform sets only for redirects that it follows itself. */
function asRedirected(response: Response): Response {
  const clone = () => asRedirected(Object.getPrototypeOf(response).clone.call(response));
  return Object.defineProperties(response, {
    redirected: { value: true, configurable: true },
    clone: { value: clone, configurable: true, writable: true },
  });
}
