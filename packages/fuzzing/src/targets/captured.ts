import {
  type CapturedRequest,
  CapturedRequestError,
  readCapturedRequest,
  readHarEntry,
  readJsonRequest,
} from "@oauth1/captured-request";
import { attempt, hold, holdEqual } from "../target.js";

/**
 * Checks what holds for every reader of captured requests: the error names a place in the text, and
 * a request that is read is written as JSON and as HAR, and read again.
 *
 * @param read - The reader of one format.
 */
export function checkCaptured(input: string, read: (text: string) => CapturedRequest): void {
  const parsed = attempt(() => read(input), CapturedRequestError);
  attempt(() => readCapturedRequest(input), CapturedRequestError);
  const octets = Uint8Array.from(input, (character) => character.charCodeAt(0));
  attempt(() => readCapturedRequest(octets), CapturedRequestError);
  if ("error" in parsed) {
    const { line = 1, column = 1 } = parsed.error as CapturedRequestError;
    const lines = input.replace(/^\ufeff/, "").split("\n");
    hold(line >= 1 && line <= lines.length, "the line of an error is in the text", line);
    const length = lines[line - 1]?.length ?? 0;
    hold(
      column >= 1 && column <= length + 1,
      "the column of an error is in its line",
      line,
      column,
    );
    return;
  }
  const request = parsed.value;
  const { method, url, headers, body } = request;
  hold(/^[\w!#$%&'*+.^`|~-]+$/.test(method), "the method is a token", method);
  hold(/^https?:\/\/[^/?#]/i.test(url), "the URL is absolute", url);
  hold(!/[\0-\x20#\x7f]/.test(url), "the URL has no white space and no fragment", url);
  for (const [name, value] of headers) {
    hold(/^[\w!#$%&'*+.^`|~-]+$/.test(name), "the name of a header is a token", name);
    hold(!/[\0\r\n]/.test(value), "the value of a header is on one line", value);
  }
  hold(body === null || body.length > 0, "an empty body is null");
  if (!url.isWellFormed() || headers.some(([, value]) => !value.isWellFormed())) return;

  const base64 = body === null ? null : Buffer.from(body).toString("base64");
  const json = { method, url, headers, body: base64, bodyEncoding: "base64" };
  const again = attempt(() => readJsonRequest(JSON.stringify(json)), CapturedRequestError);
  // With a Host header, a program sends the request to that host whatever its URL says.
  const host = headers.find(([name]) => /^host$/i.test(name))?.[1];
  const expected =
    host === undefined ? url : url.replace(/^(https?:\/\/)[^/?#]*/i, (_, start) => start + host);
  if ("value" in again) {
    holdEqual(
      plain(again.value),
      plain({ ...request, url: expected }),
      "a request round-trips as JSON",
    );
  } else {
    hold(
      headers.filter(([name]) => /^host$/i.test(name)).length > 0,
      "JSON of a request is read",
      again.error.message,
    );
  }
  if (body !== null) return;
  const har = {
    request: { method, url, headers: headers.map(([name, value]) => ({ name, value })) },
  };
  const entry = attempt(() => readHarEntry(JSON.stringify(har)), CapturedRequestError);
  if ("value" in entry)
    holdEqual(
      plain(entry.value),
      plain({ ...request, url: expected }),
      "a request round-trips as HAR",
    );
  else holdEqual("error" in again, true, "HAR of a request is read");
}

function plain({ method, url, headers, body }: CapturedRequest): unknown {
  return {
    method,
    url,
    headers,
    body: body === null ? null : Buffer.from(body).toString("base64"),
  };
}
