import {
  normalizePercentEncoding,
  PercentEncodingError,
  percentDecode,
} from "@oauth1/percent-encoding";
import type { Parameter } from "./parameter.js";

/**
 * Splits an `application/x-www-form-urlencoded` string into encoded names and values (RFC 5849
 * §3.4.1.3.1). Empty pieces between two `&` are no parameters; a piece without `=` is a name with
 * an empty value; only the first `=` separates.
 *
 * @param offset - Index of the string in the caller's argument, for the errors.
 */
export function parseForm(form: string, offset: number): [name: string, value: string][] {
  return readForm(form, offset, (text) => normalizePercentEncoding(text, { plus: "space" }));
}

/** The same, decoded to text. */
export function decodeForm(form: string, offset: number): Parameter[] {
  return readForm(form, offset, (text) => percentDecode(text.replaceAll("+", " ")));
}

type Read = (text: string) => string;

function readForm(form: string, offset: number, read: Read): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  let index = offset;
  for (const piece of form.split("&")) {
    if (piece !== "") {
      const nameLength = `${piece}=`.indexOf("=");
      pairs.push([
        readAt(index, piece.slice(0, nameLength), read),
        readAt(index + nameLength + 1, piece.slice(nameLength + 1), read),
      ]);
    }
    index += piece.length + 1;
  }
  return pairs;
}

function readAt(index: number, text: string, read: Read): string {
  try {
    return read(text);
  } catch (error) {
    throw error instanceof PercentEncodingError
      ? new PercentEncodingError(error.code, index + error.index)
      : error;
  }
}
