import { headerField, type PlacedHeader } from "../header-field.js";
import { Fault, reading } from "../reading.js";
import { headerLines, type Line } from "./message-head.js";

/**
 * Reads headers without their request: one or more lines `Name: value`, folded or not (RFC 9112
 * §5.2), or only the value of an `Authorization` header that begins with `OAuth`. Such a text does
 * not contain the method and the URL, so its signature cannot be checked.
 *
 * @param text - The headers, as text or as octets.
 * @returns Pairs of name and value, in order.
 * @throws {@link CapturedRequestError} with line and column; `ERR_UNKNOWN_FORM` if the text does not
 *   begin with a header.
 *
 * @example
 * ```ts
 * readHeaders('Authorization: OAuth realm="Photos",\n    oauth_nonce="wIjqoS"');
 * // [["Authorization", 'OAuth realm="Photos", oauth_nonce="wIjqoS"']]
 * ```
 */
export function readHeaders(
  text: string | Uint8Array,
): readonly (readonly [name: string, value: string])[] {
  return reading(text, (lines) => {
    if (!isHeaders(lines)) {
      const reason = "the text must begin with a header, such as Authorization: OAuth";
      throw new Fault("ERR_UNKNOWN_FORM", reason, 0);
    }
    return headerLines(lines)
      .map((line, index) => (index === 0 ? namedHeader(line) : placedHeader(line)))
      .map(({ name, value }) => [name, value]);
  });
}

/** Returns true if a text begins with a header. */
export function isHeaders(text: string): boolean {
  return /^\s*(?:[\w!#$%&'*+.^`|~-]+:(?!\/\/)|OAuth[ \t\r\n])/i.test(text);
}

/** RFC 9112 §5.1: no white space before the colon. */
export function placedHeader({ text, index }: Line): PlacedHeader {
  const colon = text.indexOf(":");
  return headerField(text.slice(0, Math.max(colon, 0)), text.slice(colon + 1), index);
}

function namedHeader(line: Line): PlacedHeader {
  const isValue = /^OAuth(?![^ \t])/i.test(line.text);
  return isValue ? headerField("Authorization", line.text, line.index) : placedHeader(line);
}
