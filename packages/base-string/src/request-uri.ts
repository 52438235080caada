import { BaseStringError } from "./base-string-error.js";

/**
 * An absolute URL as it goes over the wire: text, a `URL`, whose `href` is taken, or the components
 * that {@link parseRequestUri} found.
 */
export type RequestUri = string | { readonly href: string } | RequestUriComponents;

/** The components of a URL (RFC 3986 §3) that RFC 5849 §3.4.1 uses, each as it is spelled. */
export interface RequestUriComponents {
  readonly scheme: string;
  readonly host: string;
  /** Empty where the URL names no port. */
  readonly port: string;
  readonly path: string;
  /** Without its `?`. */
  readonly query: string;
  /** Index of the query in the URL. */
  readonly queryIndex: number;
}

/**
 * Splits a URL once, where more than one function needs its components.
 *
 * @param url - The absolute URL as it goes over the wire, percent-encoded.
 * @throws {@link BaseStringError} `ERR_URL_SCHEME`, `ERR_URL_CHARACTER`, `ERR_URL_HOST` or
 * `ERR_URL_PORT`.
 * @see RFC 5849 §3.4.1.2, RFC 3986 §3
 *
 * @example
 * ```ts
 * parseRequestUri("http://example.com:80/r%20v?id=123").port; // "80"
 * ```
 */
export function parseRequestUri(url: RequestUri): RequestUriComponents {
  if (typeof url === "object" && "queryIndex" in url) return url;
  const text = typeof url === "string" ? url : url.href;
  const match = ABSOLUTE_HTTP_URI.exec(text);
  if (match === null || NEVER_ON_THE_WIRE.test(match[0]) || Number(match[3]) > 65535) {
    throw malformed(text);
  }
  const [all, scheme = "", host = "", port = "", path = "", query = ""] = match;
  return { scheme, host, port, path, query, queryIndex: all.length - query.length };
}

/** RFC 3986 §3.1–§3.4: scheme, userinfo (not captured), host, port, path, query. */
const ABSOLUTE_HTTP_URI =
  /^(https?):\/\/(?:[^/?#]*@)?(\[[\da-f:.]+\]|[\w.~%!$&'()*+,;=-]+)(?::(\d*))?(?![^/?#])([^?#]*)\??([^#]*)/i;

/** Everything but the visible characters of ASCII. */
const NEVER_ON_THE_WIRE = /[^!-~]/;

function malformed(url: string): BaseStringError {
  const origin = /^https?:\/\/(?:[^/?#]*@)?/i.exec(url)?.[0].length;
  if (origin === undefined) {
    return new BaseStringError("ERR_URL_SCHEME", "no absolute http or https URL", 0);
  }
  const character = url.replace(/#.*/s, "").search(NEVER_ON_THE_WIRE);
  if (character >= 0) {
    return new BaseStringError("ERR_URL_CHARACTER", "a character to percent-encode", character);
  }
  const port = /^[^/?#]*[^/?#:\]]\]?:/.exec(url.slice(origin))?.[0].length;
  return port === undefined
    ? new BaseStringError("ERR_URL_HOST", "no valid host", origin)
    : new BaseStringError("ERR_URL_PORT", "no valid port", origin + port);
}
