import { ClientError } from "./client-error.js";

/** What of a request a redirect may change. */
export interface RedirectableRequest {
  readonly method: string;
  /** The absolute URL, percent-encoded, as it was sent. */
  readonly url: string;
  /** Whether there is a body. */
  readonly hasBody: boolean;
  /** Whether the body, where there is one, can be sent again. */
  readonly isRepeatable: boolean;
}

/** Where a redirect leads, and with what. */
export interface Redirect {
  readonly url: string;
  readonly method: string;
  /** Whether the body and the header fields that describe it are dropped. */
  readonly dropsBody: boolean;
  /** Whether the origin is another, where no credentials may go. `https` to `http` is. */
  readonly leavesOrigin: boolean;
}

/** As many redirects as the Fetch standard follows. */
export const MAX_REDIRECTS = 20;

/** Header fields that go with a dropped body (Fetch standard, "request-body-header name"). */
export const BODY_FIELDS: readonly string[] = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "transfer-encoding",
];

/** Header fields that hold credentials: they go to the origin that they were meant for only. */
export const CREDENTIAL_FIELDS: readonly string[] = [
  "authorization",
  "cookie",
  "host",
  "proxy-authorization",
];

/** Whether a status asks to send the request elsewhere (Fetch standard, "redirect status"). */
export function isRedirectStatus(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * The request that a redirect asks for, by the steps of the Fetch standard's "HTTP-redirect fetch".
 *
 * @param location - The `Location` header field, each octet a character as HTTP clients give it.
 * @param followed - How many redirects were followed already.
 * @throws {@link ClientError} where the standard's answer is a network error.
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
      `a redirect (${status}) asks for the body again, and it is a stream that has been sent`,
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

/** Octets outside ASCII stand for themselves: they are escaped, as browsers do, before parsing. */
function locationUrl(location: string, base: string): URL {
  const escaped = location.replace(
    /[\x80-\xff]/g,
    (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const target = URL.canParse(escaped, base) ? new URL(escaped, base) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    throw new ClientError("ERR_REDIRECT_LOCATION", "the redirect leads to no URL of http or https");
  }
  if (target.username !== "" || target.password !== "") {
    throw new ClientError("ERR_REDIRECT_LOCATION", "the redirect leads to a URL with credentials");
  }
  target.hash = "";
  return target;
}
