import { readCurlCommand } from "./read-curl-command.js";
import { readHttpRequest } from "./read-http-request.js";
import { RequestTextError } from "./request-text-error.js";

/** A request as a person has it: method, URL, header fields and body, as they go over the wire. */
export interface RequestText {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty where there is none. */
  readonly body: string;
}

/**
 * Reads a request from what was pasted: a curl command, an HTTP request (request line, header
 * fields, an empty line, body), or a URL alone.
 *
 * @throws {@link RequestTextError} where it is none of them.
 */
export function readRequest(text: string): RequestText {
  const trimmed = text.trim();
  if (/^(?:\$ *)?curl(?:\.exe)?\s/.test(trimmed)) {
    return readCurlCommand(trimmed.replace(/^\$ */, ""));
  }
  if (/^[A-Za-z]+ +\S+( +HTTP\/[\d.]+)? *(\r?\n|$)/.test(trimmed)) {
    return readHttpRequest(text.trimStart());
  }
  if (/^https?:\/\/\S*$/i.test(trimmed)) {
    return { method: "GET", url: trimmed, headers: [], body: "" };
  }
  throw new RequestTextError(
    "ERR_UNKNOWN_FORM",
    "This is neither a URL, nor a curl command, nor an HTTP request.",
  );
}

/** The value of a header field, of several with the same name all, joined (RFC 9110 §5.3). */
export function fieldValue(
  { headers }: Pick<RequestText, "headers">,
  name: string,
): string | undefined {
  const values = headers.filter(([known]) => known.toLowerCase() === name.toLowerCase());
  return values.length === 0 ? undefined : values.map(([, value]) => value).join(", ");
}
