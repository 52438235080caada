import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import { AuthorizationHeaderError } from "./authorization-header-error.js";
import type { AuthorizationParameters, Parameter } from "./parameter.js";

/**
 * Parses the parameters from `index` on: a list (RFC 9110 §5.6.1) whose elements are
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

  /** Matches the sticky pattern at `index` and moves past the match. */
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index;
    const text = pattern.exec(header)?.[0];
    index += text?.length ?? 0;
    return text;
  };
  const expect = (pattern: RegExp): string => {
    const text = take(pattern);
    if (text === undefined) throw new AuthorizationHeaderError("ERR_SYNTAX", index);
    return text;
  };
  const decode = (encoded: string, start: number): string => {
    try {
      return percentDecode(encoded);
    } catch (error) {
      if (!(error instanceof PercentEncodingError)) throw error;
      throw new AuthorizationHeaderError("ERR_PARAMETER_ENCODING", start + error.index);
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
    const encodedName = expect(TOKEN);
    // RFC 2617 §1.2: the name "realm" is case-insensitive, and its value is a plain quoted-string.
    const isRealm = /^realm$/i.test(encodedName);
    const name = isRealm ? "realm" : decode(encodedName, nameIndex);
    if (names.has(name)) throw new AuthorizationHeaderError("ERR_DUPLICATE_PARAMETER", nameIndex);
    names.add(name);
    expect(EQUALS);

    const isQuoted = take(QUOTE) !== undefined;
    const valueIndex = index;
    const text = expect(
      isQuoted ? (isRealm ? REALM_TEXT : QUOTED_TEXT) : options.unquoted ? TOKEN : QUOTE,
    );
    if (isQuoted) expect(QUOTE);
    expect(END);
    if (isRealm) realm = text.replace(/\\(.)/gs, "$1");
    else parameters.push([name, decode(text, valueIndex)]);
  }
}

// Linear white space is that of RFC 2617 (RFC 2616 §2.2), and a folded line can lack its CR.
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
