import { ClientError } from "./client-error.js";

/** The parts of a request that a redirect can change. */
export interface RedirectableRequest {
  readonly method: string;
  /** The absolute URL, percent-encoded, as it was sent. */
  readonly url: string;
  /** `true` if the request has a body. */
  readonly hasBody: boolean;
  /** `true` if the body, if there is one, can be sent again. */
  readonly isRepeatable: boolean;
}

/** The request that follows a redirect. */
export interface Redirect {
  readonly url: string;
  readonly method: string;
  /** `true` if the body and the headers that describe it are dropped. */
  readonly dropsBody: boolean;
  /**
   * `true` if the request goes to another origin, which gets no credentials. A change from
   * `https` to `http` is a change of origin.
   */
  readonly leavesOrigin: boolean;
}

/** The number of redirects that the Fetch standard follows. */
export const MAX_REDIRECTS = 20;

/** Headers that are dropped with the body (Fetch standard, "request-body-header name"). */
export const BODY_FIELDS: readonly string[] = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "transfer-encoding",
];

/** Headers with credentials, which are sent only to the origin that they are meant for. */
export const CREDENTIAL_FIELDS: readonly string[] = [
  "authorization",
  "cookie",
  "host",
  "proxy-authorization",
];

/** Returns true for a redirect status (Fetch standard, "redirect status"). */
export function isRedirectStatus(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Returns the request that follows a redirect, by the steps of the Fetch standard's "HTTP-redirect
 * fetch".
 *
 * @param location - The `Location` header, with one character for each octet, as HTTP clients
 * return it.
 * @param followed - The number of redirects followed so far.
 * @throws {@link ClientError} if the standard requires a network error.
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export function redirectTo(
  request: RedirectableRequest,
  status: number,
  location: string,
  followed: number,
  most: number = MAX_REDIRECTS,
): Redirect {
  const target = locationUrl(location, request.url);
  if (followed >= most) {
    throw new ClientError("ERR_TOO_MANY_REDIRECTS", `more than ${most} redirects`);
  }
  if (status !== 303 && request.hasBody && !request.isRepeatable) {
    throw new ClientError(
      "ERR_BODY_SENT",
      `a redirect (${status}) requires the body again, but the body is a stream that has been sent`,
    );
  }
  const { method } = request;
  const becomesGet =
    status === 303
      ? method !== "GET" && method !== "HEAD"
      : (status === 301 || status === 302) && method === "POST";
  return {
    url: target.href,
    method: becomesGet ? "GET" : method,
    dropsBody: becomesGet,
    leavesOrigin: target.origin !== new URL(request.url).origin,
  };
}

/** Octets outside ASCII are escaped before parsing, as in browsers. */
function locationUrl(location: string, base: string): URL {
  const escaped = location.replace(
    /[\x80-\xff]/g,
    (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const target = URL.canParse(escaped, base) ? new URL(escaped, base) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    throw new ClientError(
      "ERR_REDIRECT_LOCATION",
      "the URL of the redirect must be an http or https URL",
    );
  }
  if (target.username !== "" || target.password !== "") {
    throw new ClientError(
      "ERR_REDIRECT_LOCATION",
      "the URL of the redirect must not contain credentials",
    );
  }
  target.hash = "";
  return target;
}
