import fc from "fast-check";

/** Octets, which do not have to be text. */
export const octets: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 16 }),
  // Truncated, overlong, surrogates, above U+10FFFF.
  fc.constantFrom(
    Uint8Array.of(0xff),
    Uint8Array.of(0xc3),
    Uint8Array.of(0xc0, 0xaf),
    Uint8Array.of(0xed, 0xa0, 0x80),
    Uint8Array.of(0xf4, 0x90, 0x80, 0x80),
    Uint8Array.of(0xe2, 0x98, 0x41),
  ),
);
