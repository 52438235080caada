import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** The kinds of cookies: a person's session, a bot's session, or a known device. */
export type CookieKind = "console" | "bot" | "device";

/**
 * Sets a cookie that scripts cannot read and other sites cannot send. Over https its name has the
 * `__Host-` prefix (RFC 6265bis §4.1.3.2).
 */
export function setSessionCookie(
  context: Context,
  kind: CookieKind,
  secure: boolean,
  token: string,
  expires: Date,
): void {
  setCookie(context, cookieName(kind, secure), token, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure,
    expires,
  });
}

/** Returns the token in the cookie of the request. */
export function readSessionCookie(
  context: Context,
  kind: CookieKind,
  secure: boolean,
): string | undefined {
  return getCookie(context, cookieName(kind, secure)) || undefined;
}

/** Deletes the cookie. */
export function clearSessionCookie(context: Context, kind: CookieKind, secure: boolean): void {
  deleteCookie(context, cookieName(kind, secure), { path: "/", secure });
}

function cookieName(kind: CookieKind, secure: boolean): string {
  return `${secure ? "__Host-" : ""}oauth1-${kind}`;
}
