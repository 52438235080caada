/** The comparison of two base strings. */
export interface Alignment {
  /** The index of the first different UTF-16 code unit; `undefined` if the strings are equal. */
  readonly index: number | undefined;
  /** The element or the parameter that contains the difference. */
  readonly place: string | undefined;
}

const ELEMENTS = ["the method", "the base string URI", "the normalized parameters"];

/** Finds the first difference between the expected base string and another one. */
export function alignBaseStrings(right: string, other: string): Alignment {
  if (right === other) return { index: undefined, place: undefined };
  let index = 0;
  while (index < Math.min(right.length, other.length) && right[index] === other[index]) index++;
  const before = right.slice(0, index);
  const element = before.split("&").length - 1;
  const place = ELEMENTS[element] ?? "the end";
  return { index, place: element === 2 ? parameterPlace(right, index) : place };
}

/** Returns the parameter at an index of the third element. */
function parameterPlace(baseString: string, index: number): string {
  const start = baseString.lastIndexOf("&") + 1;
  const from = Math.max(start, baseString.lastIndexOf("%26", index - 1) + 3);
  const rest = baseString.slice(Math.max(start, from <= 2 ? start : from));
  const name = rest.split("%3D")[0] ?? "";
  return name === "" ? "the normalized parameters" : `the parameter ${decoded(name)}`;
}

/** Names are encoded twice in a base string (RFC 5849 §3.4.1.1). */
function decoded(name: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(name));
  } catch {
    return name;
  }
}
