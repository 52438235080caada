import { formParameters } from "@oauth1/base-string";
import { requestParameters } from "@oauth1/base-string/steps";
import { normalizePercentEncoding, percentDecode } from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** RFC 5849 §3.4.1.3.1 literally: first split at `&`, then at the first `=`. */
function splitPlainly(form: string): [name: string, value: string][] {
  return form
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => {
      const equals = piece.indexOf("=");
      return equals < 0 ? [piece, ""] : [piece.slice(0, equals), piece.slice(equals + 1)];
    });
}

const form = fc
  .array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom("&", "=", "+", "a", "b-1", "%20", "%2b", "%E2%98%83"),
      },
      { weight: 1, arbitrary: fc.constantFrom("%ff", "%26", "%3D", "é", "☃", "😀", " ", ";") },
      { weight: 1, arbitrary: fc.constantFrom("%", "%4", "%zz", "\ud800") },
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    const { code, index } = error as { code: string; index: number };
    return { code, index };
  }
}

const normalize = (text: string) => normalizePercentEncoding(text, { plus: "space" });
const decode = (text: string) => percentDecode(text.replaceAll("+", " "));

describe("parsing a form in one pass", () => {
  it.each<[string, (form: string) => unknown, (text: string) => string]>([
    [
      "encoded",
      (form) =>
        requestParameters({ url: "http://example.com/", body: form }).map(
          ({ encodedName, encodedValue }) => [encodedName, encodedValue],
        ),
      normalize,
    ],
    ["decoded", formParameters, decode],
  ])("agrees with splitting it first and parsing each piece: %s", (_, read, readPiece) => {
    let tried = 0;
    let wellFormed = 0;
    fc.assert(
      fc.property(form, (form) => {
        tried++;
        const pairs = splitPlainly(form);
        const plain = outcome(() => pairs.map((pair) => pair.map(readPiece)));
        if (Array.isArray(plain)) {
          wellFormed++;
          expect(read(form)).toEqual(plain);
        } else {
          // The error reports the first malformed piece, with its index in the form.
          const { code } = plain as { code: string };
          const start = startOfFirst(
            form,
            (piece) => !Array.isArray(outcome(() => [readPiece(piece)])),
          );
          const { index } = outcome(() => readPiece(form.slice(start.from, start.to))) as {
            index: number;
          };
          expect(outcome(() => read(form))).toEqual({ code, index: start.from + index });
        }
      }),
      { numRuns: 10_000 },
    );
    expect(wellFormed).toBeGreaterThan(tried / 10);
  });
});

/** The first name or value for which a test is true. */
function startOfFirst(form: string, isWanted: (piece: string) => boolean) {
  let from = 0;
  for (const piece of form.split("&")) {
    const equals = piece.indexOf("=");
    const nameEnd = equals < 0 ? piece.length : equals;
    const places = [
      { from, to: from + nameEnd },
      { from: from + nameEnd + 1, to: from + piece.length },
    ];
    for (const place of places) if (isWanted(form.slice(place.from, place.to))) return place;
    from += piece.length + 1;
  }
  throw new Error("there is none");
}
