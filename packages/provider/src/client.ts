import type { Awaitable, KnownClient } from "@oauth1/verifier";

/** A registered client (RFC 5849 §1.1), and what the consent page says about it. */
export interface ProviderClient extends KnownClient {
  /** The name of the application. */
  readonly name: string;
  /** Who makes it. */
  readonly developer?: string | undefined;
  /** What it asks for, in sentences for people, such as "See your photos". */
  readonly access?: readonly string[] | undefined;
  /**
   * The absolute URLs to which the resource owner may return, compared character by character, and
   * `oob` for a client without one.
   */
  readonly callbacks: readonly string[];
}

/** Finds registered clients. */
export interface ClientStore {
  /**
   * @returns `undefined` if unknown.
   * @throws Any error if the store is unavailable.
   */
  find(identifier: string): Awaitable<ProviderClient | undefined>;
}

/** Returns true if a client registered this callback, and it can be used. */
export function isCallbackOf(client: ProviderClient, callback: string): boolean {
  return client.callbacks.includes(callback) && isCallback(callback);
}

/**
 * Returns true if a client can register this callback: `oob`, or an absolute URL that a browser can
 * follow safely. A script of a `javascript:` URL would run on the provider's own page.
 *
 * @example
 * ```ts
 * isCallback("http://printer.example.com/ready"); // true
 * isCallback("javascript:alert(1)"); // false
 * ```
 */
export function isCallback(callback: string): boolean {
  return (
    callback === "oob" || (/^[\x21\x24-\x3b\x3d\x3f-\x7e]+$/.test(callback) && isSafe(callback))
  );
}

function isSafe(callback: string): boolean {
  if (!URL.canParse(callback)) return false;
  const { protocol, host } = new URL(callback);
  // The host is part of the consent page's policy, which "," and ";" would end.
  if (!/^[\w.:[\]-]*$/.test(host)) return false;
  if (protocol === "http:" || protocol === "https:") return host !== "";
  return !/^(?:javascript|data|vbscript|blob|file|about|view-source):$/.test(protocol);
}
