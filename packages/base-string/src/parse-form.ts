import {
  normalizePercentEncoding,
  PercentEncodingError,
  percentDecode,
} from "@oauth1/percent-encoding";
import type { Parameter } from "./parameter.js";

/** The position of a form in the caller's argument, for errors. */
export interface FormPlace {
  /** The argument's name. */
  readonly subject: string;
  /** Index of the form in the argument. */
  readonly offset: number;
}

/**
 * Parses an `application/x-www-form-urlencoded` string (RFC 5849 §3.4.1.3.1), and appends each name
 * and value in the spelling of §3.6. Empty pieces between two `&` are not parameters. A piece
 * without `=` is a name with an empty value. Only the first `=` separates.
 */
export function parseForm<P>(
  form: string,
  place: FormPlace,
  parameters: P[],
  parameter: (encodedName: string, encodedValue: string) => P,
): void {
  readForm(form, place, normalize, parameters, parameter);
}

/** Like `parseForm`, with decoded text. */
export function decodeForm(form: string, place: FormPlace): Parameter[] {
  const parameters: Parameter[] = [];
  readForm(form, place, decode, parameters, pair);
  return parameters;
}

const normalize = (text: string) => normalizePercentEncoding(text, SPACES);
const SPACES = { plus: "space" } as const;
const decode = (text: string) => percentDecode(text.replaceAll("+", " "));
const pair = (name: string, value: string): Parameter => [name, value];

/** Splits and parses in one pass over the form, without a list of its pieces. */
function readForm<P>(
  form: string,
  place: FormPlace,
  read: (text: string) => string,
  parameters: P[],
  parameter: (name: string, value: string) => P,
): void {
  let equals = -1;
  for (let start = 0, end = 0; start < form.length; start = end + 1) {
    end = indexFrom(form, "&", start);
    // Searched for again only after the last match, so that the work stays linear.
    if (equals < start) equals = indexFrom(form, "=", start);
    if (end === start) continue;
    const nameEnd = Math.min(equals, end);
    parameters.push(
      parameter(
        readBetween(form, start, nameEnd, place, read),
        readBetween(form, nameEnd + 1, end, place, read),
      ),
    );
  }
}

function indexFrom(form: string, character: string, start: number): number {
  const index = form.indexOf(character, start);
  return index < 0 ? form.length : index;
}

function readBetween(
  form: string,
  start: number,
  end: number,
  { subject, offset }: FormPlace,
  read: (text: string) => string,
): string {
  try {
    return read(form.slice(start, end));
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    throw new PercentEncodingError(error.code, offset + start + error.index, subject);
  }
}
