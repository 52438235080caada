import {
  normalizePercentEncoding,
  PercentEncodingError,
  percentDecode,
} from "@oauth1/percent-encoding";
import type { CollectedParameter, Parameter, ParameterSource } from "./parameter.js";

/**
 * Splits an `application/x-www-form-urlencoded` string into encoded names and values (RFC 5849
 * §3.4.1.3.1). Empty pieces between two `&` are no parameters; a piece without `=` is a name with
 * an empty value; only the first `=` separates.
 *
 * @param offset - Index of the string in the caller's argument, for the errors.
 */
export function parseForm(
  form: string,
  offset: number,
  source: ParameterSource,
): CollectedParameter[] {
  return readForm(form, offset, normalize, (encodedName, encodedValue) => ({
    encodedName,
    encodedValue,
    source,
  }));
}

/** The same, decoded to text. */
export function decodeForm(form: string, offset: number): Parameter[] {
  return readForm(form, offset, decode, (name, value) => [name, value]);
}

function normalize(text: string): string {
  return normalizePercentEncoding(text, PLUS_IS_SPACE);
}

function decode(text: string): string {
  return percentDecode(text.replaceAll("+", " "));
}

const PLUS_IS_SPACE = { plus: "space" } as const;

function readForm<P>(
  form: string,
  offset: number,
  read: (text: string) => string,
  make: (name: string, value: string) => P,
): P[] {
  const parameters: P[] = [];
  if (form === "") return parameters;
  let index = offset;
  try {
    for (const piece of form.split("&")) {
      if (piece !== "") {
        const equals = piece.indexOf("=");
        const nameLength = equals < 0 ? piece.length : equals;
        const start = index;
        const name = read(piece.slice(0, nameLength));
        index = start + nameLength + 1;
        const value = read(piece.slice(nameLength + 1));
        index = start;
        parameters.push(make(name, value));
      }
      index += piece.length + 1;
    }
  } catch (error) {
    throw error instanceof PercentEncodingError
      ? new PercentEncodingError(error.code, index + error.index)
      : error;
  }
  return parameters;
}
