/**
 * Signed requests as curl commands.
 *
 * @module
 */

import type { SignedRequest } from "@oauth1/signer";

/** A signed request whose body is text or none. */
export type TextRequest = Pick<
  SignedRequest<string | undefined>,
  "method" | "url" | "headers" | "body"
>;

/**
 * A command line for a POSIX shell that has curl send a signed request as it was signed: the same
 * URL, without globbing and with its dot segments, and the same body.
 *
 * @param signed - What the signer gave. The command holds its signature, and no secret.
 *
 * @example
 * ```ts
 * curlCommand({ method: "DELETE", url: "https://example.com/a?b=c", headers: {}, body: null });
 * // "curl -X DELETE 'https://example.com/a?b=c'"
 * ```
 */
export function curlCommand(signed: TextRequest): string {
  const { method, url, headers, body } = signed;
  const words = ["curl"];
  if (/[[\]{}]/.test(url)) words.push("--globoff");
  if (/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(url)) words.push("--path-as-is");

  if (method === "HEAD" && body === null) words.push("--head");
  else if (method !== (body === null ? "GET" : "POST")) words.push("-X", quote(method));

  for (const [name, value] of Object.entries(headers)) {
    if (body !== null && isCurlsDefault(name, value)) continue;
    words.push("-H", quote(value === "" ? `${name};` : `${name}: ${value}`));
  }
  // --data would read a file where the body begins with @.
  if (body !== null) words.push("--data-raw", quote(body));
  words.push(quote(url));
  return words.join(" ");
}

function isCurlsDefault(name: string, value: string): boolean {
  return name.toLowerCase() === "content-type" && value === "application/x-www-form-urlencoded";
}

/** One word of a POSIX shell. Between single quotes only the single quote itself is special. */
function quote(word: string): string {
  return /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
