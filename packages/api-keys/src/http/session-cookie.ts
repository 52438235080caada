import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** The kinds of cookies: a person's session, a bot's session, or a known device. */
export type CookieKind = "console" | "bot" | "device";

/** Cookies that scripts cannot read and other sites cannot send. */
export interface SessionCookies {
  /** Sets the cookie until a time. */
  set(context: Context, kind: CookieKind, token: string, expires: Date): void;
  /** Returns the token in the cookie of the request. */
  read(context: Context, kind: CookieKind): string | undefined;
  /** Deletes the cookie. */
  clear(context: Context, kind: CookieKind): void;
  /** Returns the name of the cookie. */
  nameOf(kind: CookieKind, secure: boolean): string;
}

/**
 * Returns functions for the cookies of a server.
 *
 * Over https, the name of a cookie has a prefix: no other host and no http page can set the cookie
 * (RFC 6265bis §4.1.3). `__Host-` requires the path `/`. Below a public path, other applications
 * share the origin and must not receive the cookie, so its path is the public path, and the prefix
 * is `__Secure-`.
 *
 * @param publicPath - The path below which the server is reached, such as `/keys`, or `""`.
 * @param isSecure - Returns true if the client's connection is encrypted.
 */
export function sessionCookies(
  publicPath: string,
  isSecure: (context: Context) => boolean,
): SessionCookies {
  const path = publicPath || "/";
  const prefix = publicPath === "" ? "__Host-" : "__Secure-";
  const nameOf = (kind: CookieKind, secure: boolean) => `${secure ? prefix : ""}oauth1-${kind}`;
  return {
    nameOf,
    set(context, kind, token, expires) {
      const secure = isSecure(context);
      setCookie(context, nameOf(kind, secure), token, {
        path,
        httpOnly: true,
        sameSite: "Strict",
        secure,
        expires,
      });
    },
    read: (context, kind) => getCookie(context, nameOf(kind, isSecure(context))) || undefined,
    clear(context, kind) {
      const secure = isSecure(context);
      deleteCookie(context, nameOf(kind, secure), { path, secure });
    },
  };
}
