import { BaseStringError, type ParsedRequestUri } from "@oauth1/base-string";
import { parseRequestUri, prepareRequestUriParser } from "@oauth1/base-string/steps";
import { prepareForwarded, type TrustedProxies } from "./forwarded.js";
import type { Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { VerifierError } from "./verifier-error.js";

/** The URL that the client signed. */
export interface RequestUrl {
  /** Absolute, as the client spelled it. */
  readonly text: string;
  readonly uri: ParsedRequestUri;
  readonly isEncrypted: boolean;
}

/** How the URL that the client called differs from the received one. */
interface PublicUrlOptions {
  /** The scheme and authority that every client calls, instead of the received ones. */
  readonly publicOrigin?: string | undefined;
  /** The start of the path that a gateway removed. */
  readonly publicPath?: string | undefined;
  readonly trustedProxies?: TrustedProxies | undefined;
}

/**
 * Returns a function that builds the URL that the client signed (RFC 5849 §3.4.1.2) from scheme,
 * host and request-target, spelled as received.
 *
 * @throws VerifierError if an option is malformed.
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
    if (scheme !== "http" && scheme !== "https")
      throw malformed("the scheme must be http or https");
    if (target.scheme !== undefined && target.scheme !== scheme && fixed === undefined) {
      throw malformed("the request-target must have the scheme of the connection");
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
      "publicOrigin must be a scheme, a host and an optional port, such as https://api.example.com",
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
  if (target.includes("#")) throw malformed("the request-target must not have a fragment");
  if (target.startsWith("/")) return { scheme: undefined, authority: undefined, path: target };
  const [, scheme, authority, path] = /^(https?):\/\/([^/?]*)(.*)$/is.exec(target) ?? [];
  if (scheme === undefined || authority === undefined || path === undefined) {
    throw malformed("the request-target must be a path or an absolute http or https URL");
  }
  // Some readers end the host at a backslash, and others at the slash (RFC 3986 §3.2).
  if (authority.includes("\\")) throw malformed("the host is malformed");
  return { scheme: scheme.length === 5 ? "https" : "http", authority, path };
}

/**
 * Returns the host that the client requested. In absolute-form it appears twice, with the same
 * value (RFC 9112 §3.2.2). If the two differ, two readers would read different requests.
 */
function receivedAuthority({ hosts }: Message, target: Target): string {
  // An absolute URL can contain userinfo, which is not signed (§3.4.1.2).
  if (hosts === undefined) return (target.authority ?? "").replace(/^.*@/, "");
  const [host, ...others] = hosts;
  if (host === undefined || others.length > 0) {
    throw malformed("the request must name exactly one host");
  }
  if (target.authority === undefined) return host;
  if (target.authority.toLowerCase() !== host.toLowerCase()) {
    throw malformed("the request-target must have the same host as the Host header");
  }
  return host;
}

/** Returns the problem of a URL that RFC 5849 §3.4.1.2 cannot normalize. */
function malformedUrl({ code }: BaseStringError): Problem {
  return malformed(
    code === "ERR_URL_CHARACTER"
      ? "the request-target contains a character that must be percent-encoded"
      : "the host or the port is malformed",
  );
}

function malformed(advice: string): Problem {
  return new Problem("request_rejected", advice);
}
