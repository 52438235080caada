import type { CapturedRequest, CapturedRequestOptions } from "./captured-request.js";
import { curlCommand, isCurlCommand } from "./curl/read-curl-command.js";
import { isHeaders } from "./http/read-headers.js";
import { httpMessage, isHttpMessage } from "./http/read-http-message.js";
import { fetchRequest, isFetchSnippet } from "./literal/read-fetch-snippet.js";
import { harRequest, isHar } from "./literal/read-har-entry.js";
import { jsonRequest, wholeLiteral } from "./literal/read-json-request.js";
import { isPowershellCommand, powershellCommand } from "./powershell/read-powershell-command.js";
import { Fault, reading } from "./reading.js";
import { urlOfRequest } from "./request-url.js";

/**
 * Reads a request from a text and detects its format: a raw HTTP message, a curl command, a HAR
 * entry, a call of `fetch`, a call of `Invoke-WebRequest`, JSON, or only a URL, which is a GET
 * request.
 *
 * @param text - The copied request, as text or as octets.
 * @throws {@link CapturedRequestError} with line and column; `ERR_UNKNOWN_FORM` if the text has
 *   none of these formats. It does not throw other errors, and takes time in proportion to the
 *   length of the text.
 *
 * @example
 * ```ts
 * readCapturedRequest("curl 'http://photos.example.net/photos?size=original'");
 * // {
 * //   method: "GET",
 * //   url: "http://photos.example.net/photos?size=original",
 * //   headers: [],
 * //   body: null,
 * // }
 * ```
 */
export function readCapturedRequest(
  text: string | Uint8Array,
  options: CapturedRequestOptions = {},
): CapturedRequest {
  return reading(text, (source) => capturedRequest(source, options));
}

function capturedRequest(text: string, { scheme, shell }: CapturedRequestOptions): CapturedRequest {
  if (isCurlCommand(text)) return curlCommand(text, shell);
  if (isFetchSnippet(text)) return fetchRequest(text);
  if (isPowershellCommand(text)) return powershellCommand(text);
  if (isHttpMessage(text)) return httpMessage(text, scheme);
  if (/^\s*[{[]/.test(text)) {
    const literal = wholeLiteral(text);
    return isHar(literal) ? harRequest(literal) : jsonRequest(literal, scheme);
  }
  const url = text.trim();
  const index = text.indexOf(url);
  if (/^https?:\/\/\S*$/i.test(url)) {
    return {
      method: "GET",
      url: urlOfRequest({ target: url, index, headers: [] }),
      headers: [],
      body: null,
    };
  }
  if (isHeaders(text)) {
    const reason =
      "the method and the URL are missing: add a line before the headers, such as GET https://example.com/photos";
    throw new Fault("ERR_REQUEST_LINE", reason, index);
  }
  throw new Fault("ERR_UNKNOWN_FORM", reasonFor(url), index);
}

function reasonFor(text: string): string {
  if (/^(?:wget|https?|xh|aria2c)[ \t]/.test(text)) {
    return "a command of this program cannot be read: write the request as a curl command";
  }
  return "the text must be an HTTP message, a curl command, a HAR entry, a call of fetch or Invoke-WebRequest, JSON or a URL";
}
