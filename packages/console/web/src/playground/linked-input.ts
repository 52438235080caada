import { isFormContentType } from "@oauth1/base-string/entity-body";
import { fieldValue } from "../request/read-request.js";
import type { PlaygroundInput } from "./explain-signature.js";

/**
 * The contents of a link: everything except the secrets, the private key and the additional protocol
 * parameters, of which `oauth_verifier` is a credential.
 */
export type LinkedInput = Omit<
  PlaygroundInput,
  "clientSharedSecret" | "tokenSharedSecret" | "privateKey" | "further"
>;

/** The contents of a link, and what it omits because it is or could be a credential. */
export interface Linkable {
  readonly linked: LinkedInput;
  /** Descriptions for people: `the user name and password in the URL`. */
  readonly leftOut: readonly string[];
}

/**
 * Selects what a link can contain. This is an allow list: method, URL, Content-Type, and a form
 * body, without parameters that are credentials or have the name of one. Other headers and other
 * bodies are not part of the signature.
 */
export function linkedInput(input: PlaygroundInput): Linkable {
  const { clientSharedSecret, tokenSharedSecret, privateKey, further, request, ...rest } = input;
  const leftOut = further.map(([name]) => `the parameter ${name}`);
  const isMethod = /^[A-Z]{1,20}$/i.test(request.method);
  if (!isMethod && request.method !== "") leftOut.push("the method, which is not a word");
  const contentType = mediaType(fieldValue(request, "content-type"));
  for (const [name, value] of request.headers) {
    if (!/^content-type$/i.test(name)) leftOut.push(`the header ${name}`);
    else if (value !== contentType) leftOut.push("parts of the header Content-Type");
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

/** Returns the type and charset. Other parameters are not needed. */
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
  // Parameters of a path segment (RFC 3986 §3.3) can be credentials too.
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

/** Returns the pairs of a query or a form unchanged, without those that are credentials. */
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
 * Returns true if a text is or contains a protocol parameter, an xAuth parameter, a parameter that
 * is named like a secret (also in a URL in a query), or a URL with a password. Text that cannot be
 * decoded counts as a credential.
 */
function namesCredentials(text: string): boolean {
  const decoded = wholly(text);
  if (decoded === undefined) return true;
  const names = decoded.split(/[?&;#]/).map((pair) => pair.split("=")[0] ?? "");
  return /oauth_|x_auth_|:\/\/[^/?#]*@/i.test(decoded) || names.some((name) => SECRET.test(name));
}

const SECRET = /pass|pwd|secret|token|signature|credential|authorization|session|api[-_]?key/i;

/** Decodes until nothing is encoded any more. Returns `undefined` if that fails. */
function wholly(text: string): string | undefined {
  let decoded = text;
  for (let round = 0; round < 10; round++) {
    let next: string;
    try {
      next = decodeURIComponent(decoded.replaceAll("+", " "));
    } catch {
      // A decoded value can contain a literal percent sign: "100%".
      return round === 0 ? undefined : decoded;
    }
    if (next === decoded) return decoded;
    decoded = next;
  }
  return undefined;
}
