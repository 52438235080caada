import { BaseStringError, type ParsedRequestUri } from "@oauth1/base-string";
import { parseRequestUri, prepareRequestUriParser } from "@oauth1/base-string/steps";
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
  const parseUri = prepareRequestUriParser();
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
    try {
      const uri = parseUri(origin, path);
      return { text: origin + path, uri, isEncrypted: scheme === "https" };
    } catch (error) {
      throw error instanceof BaseStringError ? malformedUrl(error) : error;
    }
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

/** The problem of a URL that is not one that RFC 5849 §3.4.1.2 can normalize. */
function malformedUrl({ code }: BaseStringError): Problem {
  return malformed(
    code === "ERR_URL_CHARACTER"
      ? "the request-target holds a character that is sent percent-encoded only"
      : "the host or the port is malformed",
  );
}

function malformed(advice: string): Problem {
  return new Problem("request_rejected", advice);
}
