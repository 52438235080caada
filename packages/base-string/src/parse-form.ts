import { normalizePercentEncoding, percentDecode } from "@oauth1/percent-encoding";
import type { Parameter } from "./parameter.js";

type Add = (name: string, value: string) => unknown;

/**
 * Splits an `application/x-www-form-urlencoded` string into names and values, each in the spelling
 * of §3.6 (RFC 5849 §3.4.1.3.1). Empty pieces between two `&` are no parameters; a piece without
 * `=` is a name with an empty value; only the first `=` separates.
 *
 * @param offset - Index of the string in the caller's argument, for the errors.
 * @param add - Called for each parameter in its turn.
 */
export function parseForm(form: string, offset: number, add: Add): void {
  readForm(form, offset, (text) => normalizePercentEncoding(text, { plus: "space" }), add);
}

/** The same, decoded to text. */
export function decodeForm(form: string, offset: number): Parameter[] {
  const parameters: Parameter[] = [];
  readForm(
    form,
    offset,
    (text) => percentDecode(text.replaceAll("+", " ")),
    (name, value) => parameters.push([name, value]),
  );
  return parameters;
}

function readForm(form: string, offset: number, read: (text: string) => string, add: Add): void {
  try {
    for (const piece of form.split("&")) {
      // Without "=" this is far beyond the end: the name is all, and the value is empty.
      const equals = piece.indexOf("=") >>> 0;
      if (piece) add(read(piece.slice(0, equals)), read(piece.slice(equals + 1)));
    }
  } catch (error) {
    // The same error again, but with its index in the caller's argument.
    percentDecode("&".repeat(offset) + form);
    throw error;
  }
}
