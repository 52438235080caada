import { isFormContentType } from "@oauth1/base-string/entity-body";
import { fieldValue } from "../request/read-request.js";
import type { PlaygroundInput } from "./explain-signature.js";

/** What a link may hold: everything but the secrets and the private key. */
export type LinkedInput = Omit<
  PlaygroundInput,
  "clientSharedSecret" | "tokenSharedSecret" | "privateKey"
>;

/** What a link holds, and what it leaves out because it is a credential or could be one. */
export interface Linkable {
  readonly linked: LinkedInput;
  /** For people: `the user name and password in the URL`. */
  readonly leftOut: readonly string[];
}

/**
 * Takes from a request what a link may hold. It is a list of what is allowed: method, URL,
 * Content-Type, and a form body. From query and form it takes parameters that neither are nor name
 * credentials. Header fields other than Content-Type and other bodies have no part in the signature.
 */
export function linkedInput(input: PlaygroundInput): Linkable {
  const { clientSharedSecret, tokenSharedSecret, privateKey, request, ...rest } = input;
  const leftOut: string[] = [];
  const isMethod = /^[A-Z]{1,20}$/i.test(request.method);
  if (!isMethod && request.method !== "") leftOut.push("the method, which is not a word");
  const contentType = mediaType(fieldValue(request, "content-type"));
  for (const [name, value] of request.headers) {
    if (!/^content-type$/i.test(name)) leftOut.push(`the header field ${name}`);
    else if (value !== contentType) leftOut.push("parts of the header field Content-Type");
  }
  const linked: LinkedInput = {
    ...rest,
    request: {
      method: isMethod ? request.method : "",
      url: linkableUrl(request.url, leftOut),
      headers: contentType === undefined ? [] : [["Content-Type", contentType]],
      body: linkableBody(request.body, contentType, leftOut),
    },
  };
  return { linked, leftOut: [...new Set(leftOut)] };
}

/** Type and charset; other parameters are not needed. */
function mediaType(value: string | undefined): string | undefined {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?charset=[\w-]+)?/i.exec(value ?? "")?.[0];
}

/** `http://user:password@host:80/path?query#fragment` without user, password and fragment. */
function linkableUrl(url: string, leftOut: string[]): string {
  const parts =
    /^(https?:\/\/)([^/?#\\]*@)?(\[[\da-f:.]+\](?::\d*)?|[^/?#\\@:\s]+(?::\d*)?)(\/[^?#]*)?(\?[^#]*)?(#.*)?$/is.exec(
      url,
    );
  if (parts === null) {
    if (url !== "") leftOut.push("the URL, which is malformed");
    return "";
  }
  const [, scheme = "", userinfo, host = "", path = "", query, fragment] = parts;
  if (userinfo !== undefined) leftOut.push("the user name and password in the URL");
  if (fragment !== undefined) leftOut.push("the fragment of the URL");
  // Parameters of a path segment (RFC 3986 §3.3) may name credentials too.
  const segments = path.split(/(?=[/;])/);
  const safe = segments.filter((segment) => !namesCredentials(segment));
  if (safe.length < segments.length) leftOut.push("a part of the path that names credentials");
  const kept = query && linkablePairs(query.slice(1), "query", leftOut);
  return `${scheme}${host}${safe.join("")}${kept ? `?${kept}` : ""}`;
}

function linkableBody(body: string, contentType: string | undefined, leftOut: string[]): string {
  if (body === "") return "";
  if (isFormContentType(contentType)) return linkablePairs(body, "form", leftOut);
  leftOut.push("the body, which is not a form");
  return "";
}

/** The pairs of a query or a form, as they are spelled, without those that are credentials. */
function linkablePairs(text: string, place: string, leftOut: string[]): string {
  return text
    .split("&")
    .filter((pair) => {
      const [name = ""] = (wholly(pair) ?? "").split("=");
      const safe = !namesCredentials(pair);
      if (!safe) {
        const shown = /^[\w.-]{1,40}$/.test(name) ? name : "a parameter";
        leftOut.push(`${shown} in the ${place}`);
      }
      return safe;
    })
    .join("&");
}

/**
 * Whether a text is a protocol parameter, a parameter of xAuth, another that is named like a secret,
 * holds one of those (a URL in a query), or holds a URL with a password. What cannot be decoded is
 * taken for one.
 */
function namesCredentials(text: string): boolean {
  const decoded = wholly(text);
  if (decoded === undefined) return true;
  const names = decoded.split(/[?&;#]/).map((pair) => pair.split("=")[0] ?? "");
  return /oauth_|x_auth_|:\/\/[^/?#]*@/i.test(decoded) || names.some((name) => SECRET.test(name));
}

const SECRET = /pass|pwd|secret|token|signature|credential|authorization|session|api[-_]?key/i;

/** Decoded until nothing is encoded any more, `undefined` where that fails. */
function wholly(text: string): string | undefined {
  let decoded = text;
  for (let round = 0; round < 10; round++) {
    let next: string;
    try {
      next = decodeURIComponent(decoded.replaceAll("+", " "));
    } catch {
      // A value may hold a sign of its own: "100%".
      return round === 0 ? undefined : decoded;
    }
    if (next === decoded) return decoded;
    decoded = next;
  }
  return undefined;
}
