import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoint } from "../dist/arbitraries/code-point.js";

const ours = fc.string({ unit: codePoint, maxLength: 12 });
const binary = fc.string({ unit: "binary", maxLength: 12 });

describe("codePoint", () => {
  it("gives the same texts as the unit binary, for the same seed", () => {
    for (const seed of [1, 7, 5849]) {
      expect(fc.sample(ours, { seed, numRuns: 2000 })).toEqual(
        fc.sample(binary, { seed, numRuns: 2000 }),
      );
    }
  });

  it.each(["\0", "a", "\ud7ff", "\ue000", "\uffff", "😀", "\u{10ffff}", "__proto__"])(
    "shrinks texts such as %j",
    (text) => {
      expect(ours.canShrinkWithoutContext(text)).toBe(true);
    },
  );

  it.each(["\ud800", "\udfff", "a\udc00", 5, undefined])("never gives %j", (value) => {
    expect(ours.canShrinkWithoutContext(value)).toBe(false);
  });
});
