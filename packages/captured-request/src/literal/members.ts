import { headerField, methodName, type PlacedHeader } from "../header-field.js";
import { Fault } from "../reading.js";
import { octetsOf } from "../source-text.js";
import type { Literal } from "./parse-literal.js";

/** The members of an object. */
export function membersOf(literal: Literal, path: string): ReadonlyMap<string, Literal> {
  if (literal.value instanceof Map) return literal.value;
  throw new Fault("ERR_CAPTURED_MEMBER", `${path} must be an object`, literal.index);
}

/** A required member. */
export function memberOf(literal: Literal, name: string, path: string): Literal {
  const member = membersOf(literal, path).get(name);
  if (member !== undefined) return member;
  throw new Fault("ERR_CAPTURED_MEMBER", `${path} must have the member "${name}"`, literal.index);
}

/** The text of a value. */
export function textOf(literal: Literal, path: string): string {
  if (typeof literal.value === "string") return literal.value;
  throw new Fault("ERR_CAPTURED_MEMBER", `${path} must be a string`, literal.index);
}

/** The elements of a list. */
export function elementsOf(literal: Literal, path: string): readonly Literal[] {
  if (Array.isArray(literal.value)) return literal.value;
  throw new Fault("ERR_CAPTURED_MEMBER", `${path} must be an array`, literal.index);
}

/** The text of a method. */
export function methodOf(literal: Literal, path: string): string {
  return methodName(textOf(literal, path), literal.index);
}

/**
 * Headers as an object whose values are strings or lists of strings, as a list of pairs, or as a
 * list of `{name, value}`.
 */
export function headersOf(literal: Literal | undefined, path: string): PlacedHeader[] {
  if (isNothing(literal)) return [];
  const { value, index } = literal;
  if (value instanceof Map) {
    return [...value].flatMap(([name, values]) =>
      (Array.isArray(values.value) ? (values.value as readonly Literal[]) : [values]).flatMap(
        (one) => header(name, one, path),
      ),
    );
  }
  if (!Array.isArray(value)) {
    throw new Fault("ERR_CAPTURED_MEMBER", `${path} must be an object or an array`, index);
  }
  return (value as readonly Literal[]).flatMap((element) => {
    if (element.value instanceof Map) {
      const name = textOf(memberOf(element, "name", `an element of ${path}`), "a header's name");
      return header(name, memberOf(element, "value", `an element of ${path}`), path);
    }
    const [name, one, ...others] = elementsOf(element, `an element of ${path}`);
    if (name === undefined || one === undefined || others.length > 0) {
      const reason = `an element of ${path} must be a pair of name and value`;
      throw new Fault("ERR_CAPTURED_MEMBER", reason, element.index);
    }
    return header(textOf(name, "a header's name"), one, path);
  });
}

function header(name: string, literal: Literal, path: string): PlacedHeader[] {
  const value = textOf(literal, `a value in ${path}`);
  // HTTP/2 sends method and URL as names that begin with a colon (RFC 9113 §8.3).
  return name.startsWith(":") ? [] : [headerField(name, value, literal.index)];
}

/** The octets of a body that is given as text or in base64. */
export function decodedBody(body: Literal, encoding: Literal | undefined): Uint8Array | null {
  const text = textOf(body, "the body");
  if (text === "") return null;
  if (isNothing(encoding)) return octetsOf(text);
  if (encoding.value !== "base64") {
    throw new Fault(
      "ERR_CAPTURED_BODY",
      'the encoding of the body must be "base64"',
      encoding.index,
    );
  }
  try {
    return Uint8Array.from(atob(text), (octet) => octet.charCodeAt(0));
  } catch {
    throw new Fault("ERR_CAPTURED_BODY", "the body is not base64", body.index);
  }
}

/** Returns true if a member is missing, `null` or `undefined`. */
export function isNothing(literal: Literal | undefined): literal is undefined {
  return literal === undefined || literal.value === undefined || literal.value === null;
}
