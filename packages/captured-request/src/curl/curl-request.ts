import type { CapturedRequest } from "../captured-request.js";
import { headerField, isNamed, methodName, type PlacedHeader } from "../header-field.js";
import { Fault } from "../reading.js";
import { urlOfRequest, urlOfTarget } from "../request-url.js";
import type { Word } from "../shell/word.js";
import { bodyOf, latin1, octetsOf, wellFormed } from "../source-text.js";
import { type CurlArguments, curlArguments } from "./curl-arguments.js";
import { type CurlUrl, curlUrl } from "./curl-url.js";
import type { FileReader } from "./file-reader.js";
import { multipart } from "./form-parts.js";

/** Returns the request that curl sends for its arguments. */
export function curlRequest(words: readonly Word[], readFile: FileReader): CapturedRequest {
  const given = curlArguments(words, readFile);
  const { parts, flags } = given;
  const data = dataText(given);
  const isGet = flags.has("get");
  const hasData = data !== undefined && !isGet;
  requireOneMethod(given, data !== undefined);

  const url = requestedUrl(given, isGet ? data : undefined);
  const form =
    parts.length > 0
      ? multipart(parts, { isForm: isForm(given), hasBackslashes: flags.has("form-escape") })
      : undefined;
  const headers = requestHeaders(given, url.userinfo, hasData, form?.boundary);
  return {
    method: methodOf(given, hasData),
    url: sentUrl(url, urlWord(given), given.values.get("request-target"), headers),
    headers: headers.map(({ name, value }) => [name, wellFormed(value)]),
    body: form?.body ?? (hasData ? bodyOf(data) : null),
  };
}

/** The parts of another multipart type are called attachments. */
function isForm({ headers }: CurlArguments): boolean {
  const type = headers.find(({ text }) => /^content-type:/i.test(text))?.text;
  return type === undefined || /^content-type:\s*multipart\/form-data/i.test(type);
}

function dataText({ data }: CurlArguments): string | undefined {
  if (data.length === 0) return undefined;
  return data
    .map(({ text, isJson }, index) => (index === 0 || isJson ? text : `&${text}`))
    .join("");
}

/** curl does not send a request if its options ask for several methods. */
function requireOneMethod({ parts, flags, lastContent }: CurlArguments, hasData: boolean): void {
  const isGet = hasData && flags.has("get");
  const asked = [hasData && !isGet, parts.length > 0, flags.has("head") || isGet];
  if (asked.filter(Boolean).length > 1) {
    const word = flags.get("head") ?? flags.get("get") ?? lastContent;
    const reason = "the options ask for several methods, which curl rejects: keep one of them";
    throw new Fault("ERR_CURL_OPTION", reason, word?.index);
  }
}

function methodOf({ values, flags, parts }: CurlArguments, hasData: boolean): string {
  const request = values.get("request");
  if (request !== undefined) return methodName(request.text, request.index);
  if (flags.has("head")) return "HEAD";
  return hasData || parts.length > 0 ? "POST" : "GET";
}

function urlWord({ urls }: CurlArguments): Word {
  const [url, other] = urls;
  if (url === undefined) throw new Fault("ERR_CAPTURED_URL", "the command must have a URL", 0);
  if (other !== undefined) {
    const reason = "the command has two URLs: keep one of them, or quote the argument before it";
    throw new Fault("ERR_SEVERAL_REQUESTS", reason, other.index);
  }
  return url;
}

/** The URL, with the text that `--get` (or else `--url-query`) appends to its query. */
function requestedUrl(given: CurlArguments, data: string | undefined): CurlUrl {
  const { flags, queries } = given;
  return curlUrl(urlWord(given), {
    globoff: flags.has("globoff"),
    pathAsIs: flags.has("path-as-is"),
    query: data ?? (queries.length > 0 ? queries.join("&") : undefined),
  });
}

/** The URL for the host that `Host` names, with the target of `--request-target`, if any. */
function sentUrl(
  { scheme, host, target }: CurlUrl,
  { index }: Word,
  other: Word | undefined,
  headers: readonly PlacedHeader[],
): string {
  const origin = `${scheme}://${host}`;
  if (other === undefined) {
    return wellFormed(urlOfRequest({ target: origin + target, index, headers }));
  }
  if (/[\0-\x20\x7f#]/.test(other.text)) {
    const reason = "a request target must not have spaces, control characters or #: correct it";
    throw new Fault("ERR_CAPTURED_URL", reason, other.index);
  }
  const parts = { index: other.index, headers };
  const url = other.text.startsWith("/")
    ? urlOfRequest({ ...parts, target: origin + other.text })
    : urlOfTarget({ ...parts, target: other.text });
  return wellFormed(url);
}

/** The headers that the options name or imply. A `--header` replaces an implied one. */
function requestHeaders(
  { headers, values, cookies, data }: CurlArguments,
  userinfo: Uint8Array | undefined,
  hasData: boolean,
  boundary: string | undefined,
): PlacedHeader[] {
  const custom = headers.map(customHeader);
  const isJson = data.some((piece) => piece.isJson);
  const [bearer, userAgent] = [values.get("oauth2-bearer"), values.get("user-agent")];
  const [bytes, referer] = [values.get("range"), values.get("referer")];
  const cookie = cookies.map(({ text }) => text).join(";");
  const implied: [name: string, value: string | undefined, word?: Word | undefined][] = [
    ["Authorization", authorization(values, userinfo), bearer],
    ["Range", range(bytes?.text), bytes],
    ["User-Agent", userAgent?.text, userAgent],
    ["Referer", referer?.text.replace(/;auto$/, ""), referer],
    ["Cookie", cookie, cookies[0]],
    ["Accept", isJson ? "application/json" : undefined],
    ["Content-Type", contentType(isJson, hasData, boundary)],
  ];
  const sent = implied.flatMap(([name, value, word]) =>
    value && !custom.some((field) => isNamed(field, name.toLowerCase()))
      ? [headerField(name, value, word?.index)]
      : [],
  );
  const host = custom.find((field) => isNamed(field, "host"));
  const others = custom.filter((field) => field === host || !isNamed(field, "host"));
  return [
    ...sent,
    ...others.flatMap((field) => {
      if (field.value === undefined) return [];
      const isMultipart = boundary !== undefined && isNamed(field, "content-type");
      const value = isMultipart ? `${field.value}; boundary=${boundary}` : field.value;
      return [{ ...field, value }];
    }),
  ];
}

/** A value of `--header`. Without a value, curl does not send the header. */
interface CustomHeader extends Omit<PlacedHeader, "value"> {
  readonly value: string | undefined;
}

function contentType(
  isJson: boolean,
  hasData: boolean,
  boundary: string | undefined,
): string | undefined {
  if (boundary !== undefined) return `multipart/form-data; boundary=${boundary}`;
  if (isJson) return "application/json";
  return hasData ? "application/x-www-form-urlencoded" : undefined;
}

/** `Name: value`, `Name:` to omit the header, or `Name;` to send it without a value. */
function customHeader({ text, index }: Word): CustomHeader {
  const [, name = "", value] = /^([^:;]*)(?::(.*)|;)$/s.exec(text) ?? [];
  const field = headerField(name, value ?? "", index);
  return value !== undefined && field.value === "" ? { ...field, value: undefined } : field;
}

function authorization(
  values: ReadonlyMap<string, Word>,
  userinfo: Uint8Array | undefined,
): string | undefined {
  const bearer = values.get("oauth2-bearer");
  if (bearer !== undefined) return `Bearer ${bearer.text}`;
  const user = values.get("user");
  if (user !== undefined && !user.text.includes(":")) {
    const reason = "curl asks for the password: write --user as name:password";
    throw new Fault("ERR_CURL_OPTION", reason, user.index);
  }
  const credentials = user === undefined ? userinfo : octetsOf(user.text);
  return credentials && `Basic ${btoa(latin1(credentials))}`;
}

function range(text: string | undefined): string | undefined {
  return text && `bytes=${text.includes("-") ? text : `${text}-`}`;
}
