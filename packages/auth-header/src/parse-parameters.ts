import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import { AuthorizationHeaderError } from "./authorization-header-error.js";
import type { AuthorizationParameters, Parameter } from "./parameter.js";

/**
 * Reads the parameters from `index` on: a list of RFC 9110 §5.6.1, whose elements are
 * `name="value"`. With `challenge` the list also ends where the challenge of another scheme begins.
 */
export function parseParameters(
  header: string,
  index: number,
  options: { readonly unquoted?: boolean | undefined; readonly challenge?: boolean },
): AuthorizationParameters {
  const parameters: Parameter[] = [];
  const names = new Set<string>();
  let realm: string | undefined;

  /** Moves over what the sticky pattern matches here. */
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index;
    const text = pattern.exec(header)?.[0];
    index += text?.length ?? 0;
    return text;
  };
  const expect = (pattern: RegExp, what: string): string => {
    const text = take(pattern);
    if (text === undefined)
      throw new AuthorizationHeaderError("ERR_SYNTAX", `expected ${what}`, index);
    return text;
  };
  const decode = (encoded: string, start: number): string => {
    try {
      return percentDecode(encoded);
    } catch (error) {
      if (!(error instanceof PercentEncodingError)) throw error;
      throw new AuthorizationHeaderError(
        error.code,
        "malformed percent-encoding",
        start + error.index,
      );
    }
  };

  for (;;) {
    const separators = take(SEPARATORS);
    NEXT_CHALLENGE.lastIndex = index;
    if (
      index === header.length ||
      (options.challenge && separators?.includes(",") && NEXT_CHALLENGE.test(header))
    ) {
      return { realm, parameters };
    }
    const nameIndex = index;
    const encodedName = expect(TOKEN, "a parameter name");
    // RFC 2617 §1.2: the name "realm" has no case, and its value is a quoted-string as it is.
    const isRealm = /^realm$/i.test(encodedName);
    const name = isRealm ? "realm" : decode(encodedName, nameIndex);
    if (names.has(name)) {
      throw new AuthorizationHeaderError(
        "ERR_DUPLICATE_PARAMETER",
        "a parameter that is there twice",
        nameIndex,
      );
    }
    names.add(name);
    expect(EQUALS, '"="');

    let value: string;
    if (take(QUOTE)) {
      const valueIndex = index;
      const text = expect(isRealm ? REALM_TEXT : QUOTED_TEXT, "a value");
      value = isRealm ? text.replace(/\\(.)/gs, "$1") : decode(text, valueIndex);
      expect(QUOTE, "a closing quote");
    } else {
      const valueIndex = index;
      const text = expect(options.unquoted ? TOKEN : QUOTE, "a quoted value");
      value = isRealm ? text : decode(text, valueIndex);
    }
    expect(END, '","');
    if (isRealm) realm = value;
    else parameters.push([name, value]);
  }
}

// Linear white space is that of RFC 2617 (RFC 2616 §2.2), and a folded line may lack its CR.
const SEPARATORS = /(?:,|(?:\r?\n)?[ \t])*/y;
/** A token (RFC 9110 §5.6.2). */
const TOKEN = /[\w!#$%&'*+.^`|~-]+/y;
const EQUALS = /(?:(?:\r?\n)?[ \t])*=(?:(?:\r?\n)?[ \t])*/y;
const QUOTE = /"/y;
const QUOTED_TEXT = /[^"\\\x00-\x08\x0a-\x1f\x7f]*/y;
const REALM_TEXT = /(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[^\x00-\x08\x0a-\x1f\x7f])*/y;
const END = /(?:(?:\r?\n)?[ \t])*(?=,|$)/y;
/** A token that no `=` follows: the scheme of the next challenge. */
const NEXT_CHALLENGE = /[^\s",=]+(?:[ \t]+[^\s=]|[ \t]*(?:,|$))/y;
