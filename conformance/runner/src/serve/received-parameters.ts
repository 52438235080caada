import type { Parameter } from "@oauth1/properties";

/** Where a protocol parameter was found (RFC 5849 §3.5). */
export type Place = "header" | "form-body" | "query";

/** A parameter as it was written, and decoded. */
export interface WrittenParameter {
  readonly place: Place;
  readonly name: string;
  readonly value: string;
  readonly written: string;
}

/** What an Authorization header field of the scheme OAuth says, and what is wrong with its form. */
export interface ReadHeader {
  readonly realm: string | null;
  readonly parameters: readonly WrittenParameter[];
  readonly faults: readonly string[];
}

/**
 * Reads an Authorization header field as far as it can be read: where a verifier would reject it at
 * the first fault, all of them are told (RFC 5849 §3.5.1).
 *
 * @returns undefined for another scheme than OAuth.
 */
export function readHeader(field: string): ReadHeader | undefined {
  const [, text] = /^OAuth(?:[ \t]+(.*))?$/is.exec(field.trim()) ?? [];
  if (!/^OAuth(?:[ \t]|$)/i.test(field.trim())) return undefined;
  let realm: string | null = null;
  const parameters: WrittenParameter[] = [];
  const faults: string[] = [];
  // A comma within quotes separates nothing.
  for (const [element] of (text ?? "").matchAll(/(?:"(?:[^"\\]|\\.)*"|[^,"]|")+/g)) {
    if (element.trim() === "") continue;
    const [, name, quoted, bare] =
      /^[ \t]*([^=\s"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^"]*?))[ \t]*$/.exec(element) ?? [];
    if (name === undefined) {
      faults.push(`${JSON.stringify(element.trim())} is not name="value"`);
      continue;
    }
    if (quoted === undefined) faults.push(`the value of ${name} is not between quotes`);
    const written = quoted ?? bare ?? "";
    if (name.toLowerCase() === "realm") {
      realm = written.replace(/\\(.)/g, "$1");
      continue;
    }
    faults.push(...spellingFaults(name), ...spellingFaults(written).map((it) => `${name}: ${it}`));
    parameters.push({ place: "header", name: decoded(name), value: decoded(written), written });
  }
  return { realm, parameters, faults };
}

/** The parameters of a query or a form, decoded as `application/x-www-form-urlencoded`. */
export function readForm(form: string, place: "form-body" | "query"): WrittenParameter[] {
  return form
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => {
      const equals = piece.indexOf("=");
      const [name, written] =
        equals < 0 ? [piece, ""] : [piece.slice(0, equals), piece.slice(equals + 1)];
      const text = (spelled: string) => decoded(spelled.replaceAll("+", " "));
      return { place, name: text(name), value: text(written), written };
    });
}

/** Without the protocol parameters: the request's own. */
export function ownParameters(parameters: readonly WrittenParameter[]): Parameter[] {
  return parameters
    .filter(({ name }) => !name.startsWith("oauth_"))
    .map(({ name, value }) => [name, value]);
}

/** What RFC 5849 §3.6 does not let be written so. */
function spellingFaults(written: string): string[] {
  const faults: string[] = [];
  if (written.includes("+")) faults.push('"+" is not encoded as %2B');
  if (/%(?![0-9A-Fa-f]{2})/.test(written)) faults.push('"%" begins no escape');
  if (/%(?=[0-9A-Fa-f]{2})[^%]?[a-f]|%[a-f]/.test(written)) {
    faults.push("an escape has lower-case hexadecimal digits");
  }
  if (/%(?:2D|2E|5F|7E|3\d|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])/i.test(written)) {
    faults.push("an unreserved character is encoded");
  }
  const bare = /[^\w.~%+-]/.exec(written)?.[0];
  if (bare !== undefined) faults.push(`${JSON.stringify(bare)} is not encoded`);
  return faults;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
