import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FingerprintSet } from "../../src/nonces/fingerprint-set.js";

/** Few different words, at both ends of the range, so that many fingerprints collide in a slot. */
const word = fc.constantFrom(0, 1, 2, -1, -2, 0x7fff_ffff, -0x8000_0000);
const fingerprint = fc.tuple(word, word, word, word).map((words) => Int32Array.from(words));

/** A last word of 0 counts as 1. */
function nameOf([first, second, third, last]: Int32Array): string {
  return [first, second, third, last === 0 ? 1 : last].join();
}

describe("a set of fingerprints", () => {
  it("has those that were added, and no others", () => {
    fc.assert(
      fc.property(
        fc.array(fingerprint, { maxLength: 300 }),
        fc.array(fingerprint, { maxLength: 20 }),
        (added, others) => {
          const set = new FingerprintSet();
          const model = new Map<string, Int32Array>();
          for (const one of added) {
            expect(set.has(one)).toBe(model.has(nameOf(one)));
            if (set.has(one)) continue;
            set.add(one);
            model.set(nameOf(one), one);
          }
          expect(set.size).toBe(model.size);
          for (const one of [...model.values(), ...others]) {
            expect(set.has(one), nameOf(one)).toBe(model.has(nameOf(one)));
          }
          const thirdWords: number[] = [];
          set.forEachThirdWord((third) => thirdWords.push(third));
          const expected = [...model.values()].map(([, , third = 0]) => third);
          expect(thirdWords.sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  it("keeps thousands, of which many begin with the greatest first word", () => {
    const set = new FingerprintSet();
    const all = Array.from({ length: 5000 }, (_, index) =>
      Int32Array.of(index % 3 === 0 ? -1 : Math.imul(index, 0x9e37_79b1), index, -index, index),
    );
    for (const one of all) set.add(one);
    expect(set.size).toBe(all.length);
    for (const one of all) expect(set.has(one)).toBe(true);
    for (const [first = 0, second = 0, third = 0, last = 0] of all) {
      expect(set.has(Int32Array.of(first, second + 1, third, last))).toBe(false);
    }
  });
});
