import {
  normalizePercentEncoding,
  PercentEncodingError,
  type PercentEncodingErrorCode,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
} from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

const decoders: Record<string, (encoded: string) => unknown> = {
  percentDecode,
  percentDecodeOctets,
  "normalizePercentEncoding, plus: space": (encoded) =>
    normalizePercentEncoding(encoded, { plus: "space" }),
  "normalizePercentEncoding, plus: literal": (encoded) =>
    normalizePercentEncoding(encoded, { plus: "literal" }),
};

function errorOf(run: () => unknown): PercentEncodingError {
  try {
    run();
  } catch (error) {
    if (error instanceof PercentEncodingError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Text without escapes, and whole escapes of UTF-8. */
const encoded = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("%41", "%e2%98%83", "+")))
  .map((pieces) => pieces.map((piece) => (piece.length > 2 ? piece : piece.replace("%", ""))))
  .map((pieces) => pieces.map((piece) => (/^(?:%..)+$/.test(piece) ? piece : piece.replaceAll("%", ""))).join(""));
