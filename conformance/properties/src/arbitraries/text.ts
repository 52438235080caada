import fc from "fast-check";
import { codePoint } from "./code-point.js";

/** Text that has caused errors in some implementation. */
const notorious = [
  "",
  " ",
  "+",
  "%",
  "%20",
  "%zz",
  "?",
  "#",
  "%25",
  "&",
  "=",
  "a=b&c=d",
  "~",
  "!*'()",
  '"\\',
  "\r\n",
  "\0",
  "\u007f",
  "é",
  "e\u0301",
  "ÿ",
  "☃",
  // They equal k and s if case is ignored.
  "\u212a",
  "\u017f",
  "\uFEFF",
  "\uFFFD",
  "😀",
  "\u{10FFFF}",
  "0",
  "null",
  "false",
  "__proto__",
];

/** Unicode text: no lone surrogates, everything else. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: codePoint, maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom(...notorious) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...notorious), { maxLength: 4 })
      .map((parts) => parts.join("")),
  },
);

/** Visible ASCII, spaces and tabs: the characters of a realm. */
export const realm: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('"', "\\", ",", "=", "%", " "),
  ),
  maxLength: 12,
});
