import type { EncodedParameter, Parameter } from "@oauth1/base-string";

/** What stands in an `Authorization` header field, decoded and encoded. */
export interface PlainAuthorization {
  readonly realm: string | undefined;
  readonly parameters: readonly Parameter[];
  /** The same by name. */
  readonly byName: ReadonlyMap<string, string>;
  /** The same, in the same order, in the spelling of RFC 5849 §3.6. */
  readonly encoded: readonly EncodedParameter[];
}

/**
 * Reads an `Authorization` header field in the form that nearly all signers write (RFC 5849
 * §3.5.1): `OAuth name="value", name="value"`, unreserved characters and escapes of ASCII as §3.6
 * spells them. These are what encoding the decoded text would give again.
 *
 * @returns `undefined` for every other form, and where a name is there twice: that is for
 * `parseAuthorizationHeader` to read, or to refuse.
 */
export function readPlainAuthorization(header: string): PlainAuthorization | undefined {
  if (!PLAIN.test(header)) return undefined;
  let realm: string | undefined;
  const parameters: Parameter[] = [];
  const byName = new Map<string, string>();
  const encoded: EncodedParameter[] = [];
  // The pattern leaves no other place for a quote, an equals sign, a comma or a space.
  let start = "OAuth ".length;
  while (start < header.length) {
    const equals = header.indexOf("=", start);
    const end = header.indexOf('"', equals + 2);
    const encodedName = header.slice(start, equals);
    const encodedValue = header.slice(equals + 2, end);
    start = end + (header.charCodeAt(end + 2) === SPACE ? 3 : 2);
    if (encodedName.length === 5 && encodedName.toLowerCase() === "realm") {
      // A realm is a quoted-string as it is, and a second one is for the other reader.
      if (realm !== undefined || encodedValue.includes("%")) return undefined;
      realm = encodedValue;
      continue;
    }
    // ASCII only, so there is nothing here that cannot be decoded.
    const value = encodedValue.includes("%") ? decodeURIComponent(encodedValue) : encodedValue;
    parameters.push([encodedName, value]);
    byName.set(encodedName, value);
    encoded.push({ encodedName, encodedValue });
  }
  return byName.size < parameters.length ? undefined : { realm, parameters, byName, encoded };
}

/** With the escapes of all printable ASCII that RFC 3986 §2.3 does not count as unreserved. */
const PLAIN =
  /^OAuth [\w.~-]+="(?:[\w.~-]|%(?:2[\dA-CF]|3[A-F]|40|5[B-E]|60|7[B-D]))*"(?:, ?[\w.~-]+="(?:[\w.~-]|%(?:2[\dA-CF]|3[A-F]|40|5[B-E]|60|7[B-D]))*")*$/;
const SPACE = 0x20;
