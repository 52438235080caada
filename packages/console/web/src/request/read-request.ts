import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { readCapturedRequest, readHeaders } from "@oauth1/captured-request";

/** A request as sent over the wire: method, URL, headers and body. */
export interface RequestText {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty for none. */
  readonly body: string;
}

/**
 * Reads a pasted request, with its body as text.
 *
 * @throws CapturedRequestError if it cannot be read.
 */
export function readRequest(text: string): RequestText {
  const { method, url, headers, body } = readCapturedRequest(text);
  const isForm = isFormContentType(fieldValue({ headers }, "content-type"));
  return { method, url, headers, body: bodyText(body ?? new Uint8Array(), isForm) };
}

/**
 * Reads headers that were pasted without their request, such as a line `Authorization: OAuth`. The
 * method and the URL are empty. Returns `undefined` for another text.
 */
export function readHeadersOnly(text: string): RequestText | undefined {
  try {
    const headers = readHeaders(text);
    return { method: "", url: "", headers, body: "" };
  } catch {
    return undefined;
  }
}

/** Percent-encodes octets of a form that are not UTF-8, which does not change its parameters. */
function bodyText(octets: Uint8Array, isForm: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: isForm, ignoreBOM: true }).decode(octets);
  } catch {
    return formText(octets);
  }
}

/** Returns the value of a header, joined if it occurs several times (RFC 9110 §5.3). */
export function fieldValue(
  { headers }: Pick<RequestText, "headers">,
  name: string,
): string | undefined {
  const values = headers.filter(([known]) => known.toLowerCase() === name.toLowerCase());
  return values.length === 0 ? undefined : values.map(([, value]) => value).join(", ");
}
