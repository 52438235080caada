/**
 * Signed requests as curl commands.
 *
 * @module
 */

import type { SignedRequest } from "@oauth1/signer";
import { ClientError } from "./client-error.js";
import { wrongOption } from "./require-options.js";
import { hasUser } from "./sign-request.js";

/** A signed request whose body is text or absent. */
export type TextRequest = Pick<
  SignedRequest<string | undefined>,
  "method" | "url" | "headers" | "body"
>;

/**
 * Returns a command line for a POSIX shell with which curl sends a request exactly as it was
 * signed: the same URL, without globbing and with its dot segments, the same body, and no
 * content type added by curl.
 *
 * @param signed - The result of `signer.sign()`. The command contains the signature, but no secret.
 * @throws ClientError `ERR_URL` for a URL with a user name or password, `ERR_ENCODING` for what a
 * shell word cannot contain (a NUL, or text that is not Unicode), and `ERR_CLIENT_OPTION` for
 * anything but a signed request.
 *
 * @example
 * ```ts
 * curlCommand({ method: "DELETE", url: "https://example.com/a?b=c", headers: {}, body: null });
 * // "curl -X DELETE 'https://example.com/a?b=c'"
 * ```
 */
export function curlCommand(signed: TextRequest): string {
  requireText(signed);
  const { method, url, headers, body } = signed;
  const words = ["curl"];
  if (/[[\]{}]/.test(url)) words.push("--globoff");
  if (/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(url)) words.push("--path-as-is");

  if (method === "HEAD" && body === null) words.push("--head");
  else if (method !== (body === null ? "GET" : "POST")) words.push("-X", quote(method));

  let isTyped = false;
  for (const [name, value] of Object.entries(headers)) {
    const isType = name.toLowerCase() === "content-type";
    isTyped ||= isType;
    if (isType && body !== null && value === FORM_CONTENT_TYPE) continue; // curl's default
    words.push("-H", quote(value === "" ? `${name};` : `${name}: ${value}`));
  }
  // curl would declare the body a form, whose parameters were not signed.
  if (body !== null && !isTyped) words.push("-H", "Content-Type:");
  // --data would read a file if the body begins with @.
  if (body !== null) words.push("--data-raw", quote(body));
  words.push(quote(url));
  return words.join(" ");
}

const FORM_CONTENT_TYPE = "application/x-www-form-urlencoded";

function requireText(signed: TextRequest): void {
  const { method, url, headers, body } = signed ?? {};
  const isText = (value: unknown) => typeof value === "string";
  if (!isText(method) || !isText(url) || typeof headers !== "object" || headers === null) {
    throw wrongOption("curlCommand", "signed", "must be the result of signer.sign()");
  }
  if (body !== null && !isText(body)) {
    throw wrongOption("curlCommand", "signed.body", "must be a string, or null");
  }
  if (!/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url)) {
    throw new ClientError("ERR_URL", "the URL must be an absolute http or https URL");
  }
  if (hasUser(url)) {
    throw new ClientError("ERR_URL", "the URL must not contain a user name or password");
  }
  for (const [name, value] of Object.entries(headers)) {
    // A line break would begin another header, and curl reads a file if a header begins with @.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || typeof value !== "string" || /[\r\n]/.test(value)) {
      throw wrongOption(
        "curlCommand",
        "signed.headers",
        "must contain valid header names and values",
      );
    }
  }
  for (const text of [method, url, body ?? "", ...Object.entries(headers).flat()]) {
    // A shell word ends at a NUL, and text that is not Unicode has no UTF-8 encoding.
    if (text.includes("\0") || /\p{Surrogate}/u.test(text)) {
      throw new ClientError(
        "ERR_ENCODING",
        "a shell command must not contain a NUL or a lone surrogate",
      );
    }
  }
}

/** Quotes one word for a POSIX shell. Between single quotes only the single quote is special. */
function quote(word: string): string {
  return /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
