import fc from "fast-check";

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const CODE_POINTS = 0x110000;

/**
 * A Unicode character, for `unit` of `fc.string`. It gives the same texts as the unit `binary`. That
 * unit lists all characters in a map when it is first used, which takes 0.7 s of each process.
 */
export const codePoint: fc.Arbitrary<string> = fc
  .nat({ max: CODE_POINTS - SURROGATES - 1 })
  .map(characterAt, indexOf);

function characterAt(index: number): string {
  return String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES);
}

function indexOf(value: unknown): number {
  const code = typeof value === "string" ? (value.codePointAt(0) ?? 0) : 0;
  const index = code < FIRST_SURROGATE ? code : code - SURROGATES;
  if (value !== characterAt(index)) throw new Error("must be one character");
  return index;
}
