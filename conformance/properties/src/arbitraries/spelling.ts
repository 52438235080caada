import fc from "fast-check";

/** A value, and one of its spellings. */
export interface Spelled<T> {
  readonly value: T;
  readonly spelling: string;
}

/** The ways in which octets can be written besides their escapes. */
interface Alphabet {
  /** Reserved characters that can stay unescaped. */
  readonly raw: string;
  /** True if a space can be written as a plus. */
  readonly plusIsSpace: boolean;
}

/** A value with one of its spellings outside of forms, where a plus is literal. */
export function spelled<T extends string | Uint8Array>(
  values: fc.Arbitrary<T>,
): fc.Arbitrary<Spelled<T>> {
  return spelledIn(values, { raw: "!*'();:@&=+$,/?#[]", plusIsSpace: false });
}

/** The name of a parameter in a query or a form, with one of its spellings. */
export function spelledFormName<T extends string | Uint8Array>(
  values: fc.Arbitrary<T>,
): fc.Arbitrary<Spelled<T>> {
  return spelledIn(values, { raw: "!$'()*,;:@/?", plusIsSpace: true });
}

/** The value of a parameter, in which `=` can stay unescaped. */
export function spelledFormValue<T extends string | Uint8Array>(
  values: fc.Arbitrary<T>,
): fc.Arbitrary<Spelled<T>> {
  return spelledIn(values, { raw: "!$'()*,;:@/?=", plusIsSpace: true });
}

function spelledIn<T extends string | Uint8Array>(
  values: fc.Arbitrary<T>,
  alphabet: Alphabet,
): fc.Arbitrary<Spelled<T>> {
  const choices = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 });
  return fc.tuple(values, choices).map(([value, chosen]) => ({
    value,
    spelling: Array.from(Buffer.from(value as string), (octet, index) =>
      spelledOctet(octet, alphabet, chosen[index % chosen.length] ?? 0),
    ).join(""),
  }));
}

/**
 * Choices 0 and 1 mean unescaped, if that is allowed. Otherwise the octet is escaped, with
 * digits in either case.
 */
function spelledOctet(octet: number, { raw, plusIsSpace }: Alphabet, choice: number): string {
  const character = String.fromCharCode(octet);
  if (choice < 2) {
    if (octet < 0x80 && (/[\w.~-]/.test(character) || raw.includes(character))) return character;
    if (plusIsSpace && character === " ") return "+";
  }
  const digits = octet.toString(16).padStart(2, "0");
  return `%${choice % 2 === 0 ? digits : digits.toUpperCase()}`;
}
