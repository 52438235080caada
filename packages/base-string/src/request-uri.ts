import { BaseStringError } from "./base-string-error.js";

/**
 * An absolute URL as it is sent: a string, a `URL` (its `href` is used), or the result of
 * {@link parseRequestUri}.
 */
export type RequestUri = string | { readonly href: string } | ParsedRequestUri;

/** The parts of a URL that RFC 5849 §3.4.1 uses. */
export interface ParsedRequestUri {
  /** The base string URI (§3.4.1.2). */
  readonly baseStringUri: string;
  /** The query without its `?`, unchanged. */
  readonly query: string;
  /** Index of the query in the URL. */
  readonly queryIndex: number;
}

/**
 * Parses a URL once, for code that passes it to more than one function.
 *
 * @param url - The absolute URL as it is sent, percent-encoded.
 * @throws BaseStringError `ERR_URL_SCHEME`, `ERR_URL_CHARACTER` or `ERR_URL_AUTHORITY`.
 * @see RFC 5849 §3.4.1.2, RFC 3986 §3
 *
 * @example
 * ```ts
 * parseRequestUri("http://example.com:80/r%20v?id=123");
 * // { baseStringUri: "http://example.com/r%20v", query: "id=123", queryIndex: 28 }
 * ```
 */
export function parseRequestUri(url: RequestUri): ParsedRequestUri {
  if (typeof url === "object" && "baseStringUri" in url) return url;
  const uri = HTTP_URI.exec(typeof url === "string" ? url : url.href);
  if (uri === null) throw new BaseStringError("ERR_URL_SCHEME", 0);
  const [all, beforeAuthority = "", scheme = "", authority = "", path = "", query = ""] = uri;
  const wrong = all.search(/[^!-~]/);
  if (wrong >= 0) throw new BaseStringError("ERR_URL_CHARACTER", wrong);
  const port = AUTHORITY.exec(authority);
  if (port === null || Number(port[1]) > 65535) {
    throw new BaseStringError("ERR_URL_AUTHORITY", beforeAuthority.length);
  }
  // §3.4.1.2 items 1 and 3. An empty port is no port (RFC 3986 §3.2.3).
  const [, digits] = port;
  const isDefault = digits === "" || Number(digits) === (scheme.length === 5 ? 443 : 80);
  const end = digits !== undefined && isDefault ? -1 - digits.length : authority.length;
  return {
    baseStringUri: `${scheme}://${authority.slice(0, end)}`.toLowerCase() + (path || "/"),
    query,
    queryIndex: all.length - query.length,
  };
}

/**
 * RFC 3986 §3.1–§3.4: everything before the authority, then scheme, authority, path and query. No
 * userinfo contains a backslash (§3.2.1): the URL standard reads it as a slash that ends the host,
 * so that `http://a\@b/` would be signed for `b` and sent to `a`.
 */
const HTTP_URI = /^((https?):\/\/(?:[^/?#\\]*@)?)([^/?#]*)([^?#]*)\??([^#]*)/i;

/**
 * RFC 3986 §3.2.2 and §3.2.3: an IPv6 address in brackets, or a name or IPv4 address (unreserved,
 * sub-delims and `%`); a port.
 */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[!$-.;=~\w]+)(?::(\d*))?$/i;
