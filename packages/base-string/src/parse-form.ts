import { normalizePercentEncoding, percentDecode } from "@oauth1/percent-encoding";
import type { EncodedParameter, Parameter } from "./parameter.js";

/**
 * Splits an `application/x-www-form-urlencoded` string into names and values, each in the spelling
 * of §3.6 (RFC 5849 §3.4.1.3.1). Empty pieces between two `&` are no parameters; a piece without
 * `=` is a name with an empty value; only the first `=` separates.
 *
 * @param offset - Index of the string in the caller's argument, for the errors.
 */
export function parseForm(form: string, offset: number): EncodedParameter[] {
  return readForm(form, offset, (text) => normalizePercentEncoding(text, { plus: "space" })).map(
    ([encodedName, encodedValue]) => ({ encodedName, encodedValue }),
  );
}

/** The same, decoded to text. */
export function decodeForm(form: string, offset: number): Parameter[] {
  return readForm(form, offset, (text) => percentDecode(text.replaceAll("+", " ")));
}

function readForm(form: string, offset: number, read: (text: string) => string): Parameter[] {
  try {
    return form.split("&").flatMap((piece) => {
      const [name = ""] = piece.split("=", 1);
      return piece ? [[read(name), read(piece.slice(name.length + 1))]] : [];
    });
  } catch (error) {
    // The same error again, but with its index in the caller's argument.
    percentDecode("&".repeat(offset) + form);
    throw error;
  }
}
