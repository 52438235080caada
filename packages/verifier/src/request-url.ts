import { BaseStringError, type ParsedRequestUri } from "@oauth1/base-string";
import { parseRequestUri } from "@oauth1/base-string/steps";
import { prepareForwarded, type TrustedProxies } from "./forwarded.js";
import type { Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { VerifierError } from "./verifier-error.js";

/** The URL that the client signed. */
export interface RequestUrl {
  /** Absolute, in the client's spelling. */
  readonly text: string;
  readonly uri: ParsedRequestUri;
  readonly isEncrypted: boolean;
}

/** Where what the client called differs from what arrives. */
interface PublicUrlOptions {
  /** Scheme and authority that every client sees, in place of what is received. */
  readonly publicOrigin?: string | undefined;
  /** The start of the path that a gateway removed. */
  readonly publicPath?: string | undefined;
  readonly trustedProxies?: TrustedProxies | undefined;
}

/**
 * Prepares what puts together the URL that the client signed (RFC 5849 §3.4.1.2): scheme, host and
 * the request-target, in the spelling in which they were received.
 *
 * @throws VerifierError where an option is malformed.
 */
export function prepareRequestUrl({
  publicOrigin,
  publicPath = "",
  trustedProxies,
}: PublicUrlOptions): (message: Message) => RequestUrl {
  const fixed = publicOrigin === undefined ? undefined : readPublicOrigin(publicOrigin);
  requirePublicPath(publicPath);
  const forwarded = prepareForwarded(trustedProxies);
  const parseUrl = prepareParser();
  return (message) => {
    const target = splitTarget(message);
    const received = receivedAuthority(message, target);
    const said = fixed ?? forwarded(message);
    const scheme = said.scheme?.toLowerCase() ?? message.scheme;
    const host = said.host ?? received;
    if (scheme !== "http" && scheme !== "https") throw malformed("the scheme is neither of http's");
    if (target.scheme !== undefined && target.scheme !== scheme && fixed === undefined) {
      throw malformed("the request-target names another scheme than the connection");
    }
    if (/[/?#@]/.test(host)) throw malformed("the host is malformed");
    const origin = `${scheme}://${host}`;
    const path = publicPath + target.path;
    const uri = parseUrl(origin, path);
    return { text: origin + path, uri, isEncrypted: scheme === "https" };
  };
}

function readPublicOrigin(publicOrigin: string): { scheme: string; host: string } {
  const [, scheme, host] = /^(https?):\/\/([^/?#@]+)\/?$/i.exec(publicOrigin) ?? [];
  try {
    if (scheme === undefined || host === undefined) throw new RangeError();
    parseRequestUri(publicOrigin);
    return { scheme: scheme.toLowerCase(), host };
  } catch {
    throw new VerifierError(
      "ERR_PUBLIC_ORIGIN",
      "publicOrigin is a scheme, a host and perhaps a port, such as https://api.example.com",
    );
  }
}

function requirePublicPath(publicPath: unknown): void {
  if (publicPath === "") return;
  if (typeof publicPath !== "string" || !/^(?:\/[!"$-.0->@-~]+)+$/.test(publicPath)) {
    throw new VerifierError(
      "ERR_PUBLIC_PATH",
      "publicPath must begin with a slash, not end with one, and be percent-encoded, such as /prod",
    );
  }
}

interface Target {
  readonly scheme: "http" | "https" | undefined;
  readonly authority: string | undefined;
  /** Path and query, spelled as received. */
  readonly path: string;
}

/** The request-target in origin-form or absolute-form (RFC 9112 §3.2.1, §3.2.2). */
function splitTarget({ target }: Message): Target {
  if (target.includes("#")) throw malformed("the request-target has a fragment");
  if (target.startsWith("/")) return { scheme: undefined, authority: undefined, path: target };
  const [, scheme, authority, path] = /^(https?):\/\/([^/?]*)(.*)$/is.exec(target) ?? [];
  if (scheme === undefined || authority === undefined || path === undefined) {
    throw malformed("the request-target is neither a path nor an absolute http or https URL");
  }
  return { scheme: scheme.length === 5 ? "https" : "http", authority, path };
}

/**
 * The host that the client asked for. In absolute-form it is there twice, and the same (RFC 9112
 * §3.2.2): where the two differ, two readers would take the request for two.
 */
function receivedAuthority({ hosts }: Message, target: Target): string {
  // An absolute URL may hold userinfo, which has no part in what is signed (§3.4.1.2).
  if (hosts === undefined) return (target.authority ?? "").replace(/^.*@/, "");
  const [host, ...others] = hosts;
  if (host === undefined || others.length > 0) {
    throw malformed("the request must name exactly one host");
  }
  if (target.authority === undefined) return host;
  if (target.authority.toLowerCase() !== host.toLowerCase()) {
    throw malformed("the request-target names another host than the Host header field");
  }
  return host;
}

/**
 * Prepares what takes a URL apart. The origin is the same from request to request on most servers,
 * so the last one that was well-formed is remembered in its normalized form.
 */
function prepareParser(): (origin: string, path: string) => ParsedRequestUri {
  let known = { origin: "", normalized: "" };
  return (origin, path) => {
    if (path.charCodeAt(0) !== SLASH) return parseUrl(origin + path);
    if (origin !== known.origin) {
      known = { origin, normalized: parseUrl(`${origin}/`).baseStringUri.slice(0, -1) };
    }
    if (NOT_VISIBLE.test(path)) throw malformed(WRONG_CHARACTER);
    const mark = path.indexOf("?");
    if (mark < 0) {
      const baseStringUri = known.normalized + path;
      return { baseStringUri, query: "", queryIndex: origin.length + path.length };
    }
    return {
      baseStringUri: known.normalized + path.slice(0, mark),
      query: path.slice(mark + 1),
      queryIndex: origin.length + mark + 1,
    };
  };
}

/** All but visible ASCII, which a URL consists of (RFC 3986 §2). */
const NOT_VISIBLE = /[^!-~]/;
const SLASH = 0x2f;
const WRONG_CHARACTER = "the request-target holds a character that is sent percent-encoded only";

function parseUrl(text: string): ParsedRequestUri {
  try {
    return parseRequestUri(text);
  } catch (error) {
    if (!(error instanceof BaseStringError)) throw error;
    throw malformed(
      error.code === "ERR_URL_CHARACTER" ? WRONG_CHARACTER : "the host or the port is malformed",
    );
  }
}

function malformed(advice: string): Problem {
  return new Problem("request_rejected", advice);
}
