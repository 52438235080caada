import { CapturedRequestError, type CapturedRequestErrorCode } from "./captured-request-error.js";
import { sourceText } from "./source-text.js";

/** An error of a reader, before its line and column are known. */
export class Fault extends Error {
  readonly code: CapturedRequestErrorCode;
  /** The index of the first wrong UTF-16 code unit in the text. */
  readonly index: number | undefined;

  constructor(code: CapturedRequestErrorCode, reason: string, index: number | undefined) {
    super(reason);
    this.code = code;
    this.index = index;
  }
}

/** Runs a reader on a text, and adds a line and a column to its fault. */
export function reading<T>(input: string | Uint8Array, read: (text: string) => T): T {
  if (typeof input !== "string" && !ArrayBuffer.isView(input)) {
    throw new CapturedRequestError(
      "ERR_CAPTURED_INPUT",
      "the request must be a string or a Uint8Array",
    );
  }
  const text = sourceText(input);
  return converted(() => read(text), text);
}

/** Runs a reader, and converts its fault to this package's error. */
export function converted<T>(read: () => T, text?: string): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, index } = error;
    const place = text === undefined || index === undefined ? undefined : placeOf(text, index);
    throw new CapturedRequestError(code, message, place);
  }
}

function placeOf(text: string, index: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < index; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, column: index - start + 1 };
}
