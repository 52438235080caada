import { isNamed, type PlacedHeader } from "./header-field.js";
import { Fault } from "./reading.js";

/** The parts of a URL. */
export interface UrlParts {
  /** A path that begins with a slash, or an absolute URL. */
  readonly target: string;
  readonly index: number | undefined;
  readonly headers: readonly PlacedHeader[];
  /** The scheme of a target that is a path. */
  readonly scheme?: "http" | "https" | undefined;
}

/** The URL of a request target of HTTP (RFC 9112 §3.2). An absolute URL overrides `Host` (§3.2.2). */
export function urlOfTarget(parts: UrlParts): string {
  const { target, index } = parts;
  requireTarget(target, index);
  if (target.includes("#")) {
    throw urlFault("a request target must not have a fragment: remove it", index, target, /#/);
  }
  const host = hostOf(parts.headers);
  return ABSOLUTE.test(target) ? target : urlOfPath(parts, host);
}

/**
 * The URL of a request that a program sent to an absolute URL. The fragment is not sent, and `Host`
 * determines the host of the request (RFC 5849 §3.4.1.2), wherever it was sent.
 */
export function urlOfRequest(parts: UrlParts): string {
  const [url = ""] = parts.target.split("#", 1);
  requireTarget(url, parts.index);
  const host = hostOf(parts.headers);
  if (!ABSOLUTE.test(url)) return urlOfPath({ ...parts, target: url }, host);
  return host === undefined ? url : url.replace(AUTHORITY, (_, scheme) => scheme + host);
}

function urlOfPath({ target, index, scheme }: UrlParts, host: string | undefined): string {
  if (!target.startsWith("/")) {
    throw new Fault(
      "ERR_CAPTURED_URL",
      "the URL must begin with http://, https:// or a slash",
      index,
    );
  }
  if (host === undefined) {
    throw new Fault(
      "ERR_CAPTURED_HOST",
      "the URL has no host: add a Host header or the whole URL",
      index,
    );
  }
  return `${scheme ?? (/:80$/.test(host) ? "http" : "https")}://${host}${target}`;
}

/** The only value of `Host`. */
function hostOf(headers: readonly PlacedHeader[]): string | undefined {
  const [host, other] = headers.filter((header) => isNamed(header, "host"));
  if (host === undefined) return undefined;
  if (other !== undefined) {
    throw new Fault(
      "ERR_CAPTURED_HOST",
      "a request must have one Host header: remove this one",
      other.index,
    );
  }
  if (!/^[^\s\0-\x1f\x7f/?#@\\,]+$/.test(host.value)) {
    throw new Fault(
      "ERR_CAPTURED_HOST",
      "Host must be a host name with an optional port",
      host.index,
    );
  }
  return host.value;
}

/** Accepts non-ASCII characters, because they can be the mistake that the caller looks for. */
function requireTarget(target: string, index: number | undefined): void {
  if (UNSENT.test(target)) {
    const reason = "a URL must not contain spaces or control characters: percent-encode them";
    throw urlFault(reason, index, target, UNSENT);
  }
}

function urlFault(reason: string, index: number | undefined, target: string, at: RegExp): Fault {
  return new Fault(
    "ERR_CAPTURED_URL",
    reason,
    index === undefined ? undefined : index + target.search(at),
  );
}

const ABSOLUTE = /^https?:\/\/[^/?#]/i;
const AUTHORITY = /^(https?:\/\/)[^/?#]*/i;
/** Characters that end a request target, or a request line. */
const UNSENT = /[\0-\x20\x7f]/;
