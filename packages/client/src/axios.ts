/**
 * Signed requests with axios.
 *
 * @module
 */

import type { AxiosHeaders, AxiosResponse, InternalAxiosRequestConfig } from "axios";
// With named imports, a version that lacks one of these names would fail to link.
import * as library from "axios";
import { ClientError } from "./client-error.js";
import { OriginChain } from "./origin-chain.js";
import { chain, isOf, signOutgoing } from "./outgoing-request.js";
import {
  BODY_FIELDS,
  CREDENTIAL_FIELDS,
  isRedirectStatus,
  MAX_REDIRECTS,
  redirectTo,
} from "./redirect.js";
import { requireLibrary } from "./require-library.js";
import {
  BODY_HASH_OPTION,
  requireOptionsOf,
  requireSigner,
  wrongOption,
} from "./require-options.js";
import type { AnySigner } from "./sign-request.js";

/** Options of {@link axiosSigner}. */
export interface AxiosSignerOptions {
  /**
   * If `true`, bodies that are not forms carry `oauth_body_hash`. Default: the signer's setting.
   */
  readonly bodyHash?: boolean | undefined;
}

/**
 * A request interceptor: `api.interceptors.request.use(axiosSigner(signer))`.
 *
 * It signs what axios is about to send: after `baseURL`, `params`, `paramsSerializer` and
 * `transformRequest`, whatever other interceptors do and in any order. The URL is sent as the URL
 * standard serializes it. Redirects are followed as the Fetch standard requires. Each hop on the
 * same origin has its own signature, and hops to other origins have none. `beforeRedirect` is
 * rejected. In a browser, axios's XMLHttpRequest follows redirects itself, with the first
 * signature. A request sent again (`axios(error.config)`) is signed again, and the `config` of
 * errors and responses does not contain the signature.
 *
 * A request that cannot be signed rejects with `ClientError`, before anything is sent.
 *
 * @param signer - Signs each request.
 * @throws `ClientError` `ERR_LIBRARY_VERSION` if the installed axios is too old.
 * @see RFC 5849 §3
 *
 * @example
 * ```ts
 * import axios from "axios";
 * import { createSigner } from "@oauth1/signer";
 *
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 * });
 * const api = axios.create({
 *   baseURL: "https://photos.example.net/",
 *   // Default: axios's own adapter. This one responds with the URL.
 *   adapter: async (config) => ({ data: config.url, status: 200, statusText: "", headers: {}, config }),
 * });
 * api.interceptors.request.use(axiosSigner(signer));
 * (await api.get("photos", { params: { size: "big one" } })).data;
 * // "https://photos.example.net/photos?size=big+one"
 * ```
 */
export function axiosSigner(
  signer: AnySigner,
  options: AxiosSignerOptions = {},
): (config: InternalAxiosRequestConfig) => InternalAxiosRequestConfig {
  requireSigner("axiosSigner", signer);
  requireOptionsOf("axiosSigner", options, BODY_HASH_OPTION);
  requireLibrary(
    [library.Axios, library.AxiosError, library.AxiosHeaders, library.getAdapter].every(
      (needed) => typeof needed === "function",
    ),
    "axiosSigner needs axios 1.7 or later",
  );
  const ours = new WeakSet<object>();
  return (config) => {
    const { adapter } = config;
    // A request that is sent again already has the adapter.
    if (typeof adapter === "function" && ours.has(adapter)) return config;
    const signing = (final: InternalAxiosRequestConfig) =>
      followRedirects(signer, options, final, adapter).then(
        (response) => Object.assign(response, { config: final }),
        (error: unknown) => {
          if (error instanceof library.AxiosError) Object.assign(error, { config: final });
          throw error;
        },
      );
    ours.add(signing);
    config.adapter = signing;
    return config;
  };
}

type Adapter = InternalAxiosRequestConfig["adapter"];

interface Hop {
  readonly method: string;
  readonly url: string;
  readonly headers: AxiosHeaders;
  readonly data: unknown;
}

async function followRedirects(
  signer: AnySigner,
  options: AxiosSignerOptions,
  config: InternalAxiosRequestConfig,
  adapter: Adapter,
): Promise<AxiosResponse> {
  if (config.auth) {
    throw wrongOption(
      "axiosSigner",
      "auth",
      "must be omitted: axios makes an Authorization header from it",
    );
  }
  if (config.beforeRedirect) {
    throw wrongOption(
      "axiosSigner",
      "beforeRedirect",
      "must be omitted: it is not called for signed requests",
    );
  }
  const most = config.maxRedirects ?? MAX_REDIRECTS;
  const isManual = most === 0 || (config.fetchOptions?.["redirect"] ?? "follow") !== "follow";
  const origins = new OriginChain();
  let hop: Hop = {
    method: (config.method ?? "get").toUpperCase(),
    url: urlOf(config),
    headers: library.AxiosHeaders.from(config.headers),
    data: config.data,
  };
  if (isFetch(adapter)) hop = await asFetchSends(hop);
  for (let followed = 0; ; followed++) {
    const isSigned = origins.signs(signer, hop.method, hop.url);
    const signed = isSigned ? await signHop(signer, options, hop) : hop;
    const response = await send(adapter, config, signed, isManual);
    const location: unknown = response.headers["location"];
    if (isManual || !isRedirectStatus(response.status)) return response;
    if (typeof location !== "string") return settle(config, response);
    stop(response.data);
    const { method, url, data } = hop;
    const hasBody = data !== undefined && data !== null;
    const isRepeatable = !isStream(data);
    const current = { method, url, hasBody, isRepeatable };
    const next = redirectTo(current, response.status, location, followed, most);
    const headers = new library.AxiosHeaders(hop.headers);
    if (next.dropsBody) for (const name of BODY_FIELDS) headers.delete(name);
    if (next.leavesOrigin) for (const name of CREDENTIAL_FIELDS) headers.delete(name);
    hop = { ...next, headers, data: next.dropsBody ? undefined : data };
  }
}

/** Returns the URL as it is sent. */
function urlOf(config: InternalAxiosRequestConfig): string {
  const url = new library.Axios({}).getUri(config);
  const base = (globalThis as { location?: { href: string } }).location?.href;
  if (!URL.canParse(url, base)) throw new ClientError("ERR_URL", "the URL must be absolute");
  const parsed = new URL(url, base);
  parsed.hash = "";
  return parsed.href;
}

function signHop(signer: AnySigner, options: AxiosSignerOptions, hop: Hop) {
  const { method, url, data } = hop;
  const headers = new library.AxiosHeaders(hop.headers);
  // axios replaces the content type with that of the data, if the data has one.
  const own = typeOf(data);
  const fields = Object.entries(headers.toJSON(true))
    .filter(([name]) => own === "" || name.toLowerCase() !== "content-type")
    .map(([name, value]): [string, string] => [name, String(value)]);
  if (own !== "") fields.push(["Content-Type", own]);
  return chain(signOutgoing(signer, { method, url, fields, body: data }, options), (signed) => {
    headers.set({ ...signed.added });
    return { method, url: signed.url, headers, data: signed.body };
  });
}

/**
 * Returns the content type that is sent with the data whatever the header says, or an empty string
 * if the header decides.
 */
function typeOf(data: unknown): string {
  if (isFormData(data)) return formHeaders(data)["content-type"] ?? "multipart/form-data";
  if (isOf(data, "Blob") || isOf(data, "File")) {
    return (data as Blob).type || "application/octet-stream";
  }
  return "";
}

/**
 * Returns true if axios treats the data as a multipart form: the platform's, or that of
 * `form-data`.
 */
function isFormData(data: unknown): boolean {
  return isOf(data, "FormData") || /^\[object FormData\]$/.test(String(stringOf(data)));
}

/** Versions of `form-data` before 4.0.5 identify themselves by `toString()`. */
function stringOf(data: unknown): string {
  const isNamed =
    typeof data === "object" &&
    data !== null &&
    typeof (data as { append?: unknown }).append === "function" &&
    typeof data.toString === "function";
  return isNamed ? data.toString() : "";
}

/** Returns the headers of a `form-data` form, by lower-case name. */
function formHeaders(data: unknown): Readonly<Record<string, string>> {
  const { getHeaders } = data as { getHeaders?: () => Record<string, string> };
  if (typeof getHeaders !== "function") return {};
  return Object.fromEntries(
    Object.entries(getHeaders.call(data)).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function isFetch(adapter: Adapter): boolean {
  try {
    return library.getAdapter(adapter) === library.getAdapter("fetch");
  } catch {
    return false; // This platform has no such adapter.
  }
}

/**
 * Returns the hop's configuration for axios's `fetch` adapter. Outside browsers, axios keeps the
 * content type of URL-encoded forms on a `Blob` and on `FormData`, and `fetch` then sends it. But a
 * `Blob` has its own type, and a multipart form needs its boundary.
 */
async function asFetchSends(hop: Hop): Promise<Hop> {
  const { data } = hop;
  const headers = new library.AxiosHeaders(hop.headers);
  if (isOf(data, "Blob") || isOf(data, "File")) {
    const { type } = data as Blob;
    if (type === "") headers.delete("content-type");
    else headers.set("content-type", type);
    return { ...hop, headers };
  }
  if (!isOf(data, "FormData")) return hop;
  const multipart = new Response(data as FormData);
  headers.set("content-type", multipart.headers.get("content-type") ?? "");
  return { ...hop, headers, data: new Uint8Array(await multipart.arrayBuffer()) };
}

function send(adapter: Adapter, config: InternalAxiosRequestConfig, hop: Hop, isManual: boolean) {
  const { validateStatus, ...rest } = config;
  for (const name of ["baseURL", "params", "paramsSerializer"] as const) delete rest[name];
  const isValid = (status: number) => !validateStatus || validateStatus(status);
  return library.getAdapter(adapter)({
    ...rest,
    ...hop,
    maxRedirects: 0,
    fetchOptions: isManual ? config.fetchOptions : { ...config.fetchOptions, redirect: "manual" },
    validateStatus: (status: number) => (!isManual && isRedirectStatus(status)) || isValid(status),
  } as InternalAxiosRequestConfig);
}

/** Settles a final response with a redirect status as axios does. */
function settle({ validateStatus }: InternalAxiosRequestConfig, response: AxiosResponse) {
  const { status, config, request } = response;
  if (!validateStatus || validateStatus(status)) return response;
  const message = `Request failed with status code ${status}`;
  throw new library.AxiosError(
    message,
    library.AxiosError.ERR_BAD_RESPONSE,
    config,
    request,
    response,
  );
}

function isStream(data: unknown): boolean {
  return (
    isOf(data, "ReadableStream") ||
    (typeof data === "object" && data !== null && "pipe" in data && typeof data.pipe === "function")
  );
}

/** Closes a response that is not read, if it is a stream. */
function stop(data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  if ("destroy" in data && typeof data.destroy === "function") data.destroy();
  else if ("cancel" in data && typeof data.cancel === "function") void data.cancel();
}
