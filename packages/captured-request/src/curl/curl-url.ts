import { Fault } from "../reading.js";
import type { Word } from "../shell/word.js";
import { escapedOctet, octetsOf } from "../source-text.js";

/** Options that change a URL. */
export interface UrlOptions {
  readonly globoff: boolean;
  readonly pathAsIs: boolean;
  /** The text that curl appends to the query. */
  readonly query: string | undefined;
}

/** A URL as curl sends it. */
export interface CurlUrl {
  readonly scheme: "http" | "https";
  /** The value that curl writes into `Host`. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
  /** The octets of `user:password`, if the URL has them. */
  readonly userinfo: Uint8Array | undefined;
}

/** Parses a URL like curl, and returns it in the spelling in which curl sends it. */
export function curlUrl(word: Word, options: UrlOptions): CurlUrl {
  const url = options.globoff ? word.text : withoutGlobbing(word);
  const fault = (reason: string) => new Fault("ERR_CAPTURED_URL", reason, word.index);
  if (/[\0-\x20\x7f]/.test(url)) {
    throw fault("curl rejects a URL with spaces or control characters: percent-encode them");
  }
  const [prefix = "", name] = /^([a-z][a-z\d+.-]*):\/{1,3}/iu.exec(url) ?? [];
  const rest = url.slice(prefix.length);
  const scheme = name?.toLowerCase() ?? "http"; // as in curl
  if (scheme !== "http" && scheme !== "https") throw fault("the URL must be an http or https URL");
  const end = rest.search(/[/?#]|$/);
  const authority = rest.slice(0, end);
  const at = authority.lastIndexOf("@");
  const host = hostOf(authority.slice(at + 1), scheme);
  if (host === undefined) throw fault("the URL must have a host name with an optional port");
  return {
    scheme,
    host,
    target: targetOf(rest.slice(end), options),
    userinfo: at < 0 ? undefined : userinfoOf(authority.slice(0, at)),
  };
}

/**
 * Removes the backslashes before brackets and braces. Without a backslash they make curl send
 * several requests, or none, except in the literal of an IPv6 address, wherever it is.
 */
function withoutGlobbing({ text, index }: Word): string {
  return text.replace(/\[[\da-f:.]+\]|\\([[\]{}])|[[\]{}]/gi, (found, escaped) => {
    if (escaped !== undefined) return escaped;
    if (URL.canParse(`http://${found}/`)) return found;
    const reason = "curl interprets brackets and braces in a URL: add --globoff";
    throw new Fault("ERR_CAPTURED_URL", reason, index);
  });
}

function hostOf(text: string, scheme: string): string | undefined {
  const [, name, port] = /^(\[[\da-f:.]+\]|[^:[\]%\\]+)(?::(\d{0,5}))?$/iu.exec(text) ?? [];
  if (name === undefined || Number(port ?? 0) > 65535) return undefined;
  const isDefault = port === undefined || port === "" || Number(port) === DEFAULT_PORTS[scheme];
  const host = /^[!-~]+$/.test(name) ? name : asciiHost(name);
  return host === undefined || isDefault ? host : `${host}:${Number(port)}`;
}

/** An internationalized name (RFC 5890). */
function asciiHost(name: string): string | undefined {
  const url = `http://${name}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function targetOf(text: string, { pathAsIs, query: appended }: UrlOptions): string {
  const whole = text.replace(/#.*/s, "");
  const mark = whole.indexOf("?");
  const path = mark < 0 ? whole : whole.slice(0, mark);
  const query = mark < 0 ? "" : whole.slice(mark + 1);
  // curl ignores --path-as-is if it appends to the query.
  const squashed = pathAsIs && appended === undefined ? path || "/" : withoutDotSegments(path);
  const queries = [query, appended ?? ""].filter((part) => part !== "");
  return `${escaped(squashed)}${queries.length > 0 ? `?${queries.join("&")}` : mark < 0 ? "" : "?"}`;
}

/** RFC 3986 §5.2.4. */
function withoutDotSegments(path: string): string {
  const segments: string[] = [];
  const all = path.split("/").slice(1);
  for (const [index, segment] of all.entries()) {
    const isLast = index === all.length - 1;
    if (segment === "..") segments.pop();
    if (segment !== ".." && segment !== ".") segments.push(segment);
    else if (isLast) segments.push("");
  }
  return `/${segments.join("/")}`;
}

/** curl encodes non-ASCII characters in a path, with lower-case digits, but not in a query. */
function escaped(path: string): string {
  return path.replace(/[^\0-\x7f]+/g, (characters) =>
    Array.from(octetsOf(characters), (octet) => `%${octet.toString(16)}`).join(""),
  );
}

function userinfoOf(text: string): Uint8Array {
  const decoded = text.replace(/%([\da-f]{2})/gi, (_, digits) =>
    escapedOctet(Number.parseInt(digits, 16)),
  );
  return octetsOf(text.includes(":") ? decoded : `${decoded}:`);
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };
