import * as crypto from "node:crypto";
import * as util from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHmac } from "../dist/stand-ins/node-crypto.js";
import { isDeepStrictEqual } from "../dist/stand-ins/node-util.js";

const comparable = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(undefined, null, true, false, 0, -0, 1, Number.NaN, "", "1", "a", 1n),
    fc.uint8Array({ max: 1, maxLength: 2 }),
    fc.uint8Array({ max: 1, maxLength: 2 }).map((octets) => Buffer.from(octets)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("0", "a", "b"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

describe("isDeepStrictEqual", () => {
  it("has Node's verdict", () => {
    const verdicts = { true: 0, false: 0 };
    fc.assert(
      fc.property(comparable, comparable, (a, b) => {
        const verdict = util.isDeepStrictEqual(a, b);
        verdicts[`${verdict}`]++;
        expect(isDeepStrictEqual(a, b)).toBe(verdict);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(50);
  });

  it("has Node's verdict on a copy, and on one that differs", () => {
    fc.assert(
      fc.property(comparable, fc.string(), (value, other) => {
        const copy = structuredClone({ value });
        const original = { value: value instanceof Buffer ? Uint8Array.from(value) : value };
        expect(isDeepStrictEqual(original, copy)).toBe(util.isDeepStrictEqual(original, copy));
        expect(isDeepStrictEqual({ value }, { value, other })).toBe(false);
      }),
    );
  });

  it.each([[new Map()], [new Date(0)], [new Error()], [() => 1], [Symbol()]])(
    "refuses to compare %s",
    (value) => {
      expect(() => isDeepStrictEqual(value, value)).toThrow(TypeError);
      expect(() => isDeepStrictEqual(1, value)).toThrow(TypeError);
    },
  );
});

describe("createHmac", () => {
  it("gives what node:crypto gives", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(text, text, (key, message) => {
        const expected = crypto.createHmac("sha1", key).update(message, "utf8").digest("base64");
        expect(createHmac("sha1", key).update(message, "utf8").digest("base64")).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
