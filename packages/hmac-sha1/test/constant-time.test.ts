import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalInConstantTime as onNode } from "../dist/constant-time-node.js";
import { equalInConstantTime as onTheWeb } from "../dist/constant-time-web.js";

/** Text of any code units, lone surrogates included. */
const text = fc
  .array(
    fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xfffd, 0xd800, 0xdfff)),
    {
      maxLength: 40,
    },
  )
  .map((units) => String.fromCharCode(...units));

/** Similar texts: equal, one cut off, one continued, one unit changed. */
const pair = text.chain((first) =>
  fc
    .oneof(
      fc.constant(first),
      fc.nat({ max: first.length }).map((length) => first.slice(0, length)),
      fc.constantFrom("\0", "=", "\ud800").map((more) => first + more),
      fc
        .tuple(fc.nat({ max: first.length }), fc.constantFrom("\0", "a", "\ufffd", "\udfff"))
        .map(([index, unit]) => first.slice(0, index) + unit + first.slice(index + 1)),
      text,
    )
    .map((second) => [first, second] as const),
);

describe.each([
  ["node:crypto's comparison", onNode],
  ["the portable comparison", onTheWeb],
  ["the comparison of this platform", equalInConstantTime],
])("%s", (_, isSameText) => {
  it("is true only for the same text", () => {
    fc.assert(
      fc.property(pair, ([expected, received]) => {
        expect(isSameText(expected, received)).toBe(expected === received);
        expect(isSameText(received, expected)).toBe(expected === received);
      }),
      { numRuns: 10_000 },
    );
  });

  it("distinguishes a text from the same text with appended zeros, and lone surrogates from each other", () => {
    expect(isSameText("a", "a\0")).toBe(false);
    expect(isSameText("a\0", "a")).toBe(false);
    expect(isSameText("", "\0")).toBe(false);
    expect(isSameText("\ud800", "\ufffd")).toBe(false);
    expect(isSameText("\ud800", "\ud801")).toBe(false);
    expect(isSameText("", "")).toBe(true);
  });
});

it("does not leave a copy of a secret in Node's pool of buffers", () => {
  const secret = "kd94hf93k423kf44";
  equalInConstantTime(secret, secret);
  const pool = Buffer.from(Buffer.allocUnsafe(1).buffer);
  // Buffer.from() would put it into the pool.
  const needle = Buffer.alloc(2 * secret.length);
  needle.write(secret, "utf16le");
  expect(pool.includes(needle)).toBe(false);
});
