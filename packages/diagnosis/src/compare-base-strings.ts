import { decodeText } from "./signer/draft.js";

/** The differences between the right base string and another. Plain data. */
export interface BaseStringComparison {
  /** Index of the first difference, or `undefined` if there is none. */
  readonly index: number | undefined;
  /** A part of the right base string around the first difference. */
  readonly expected: string;
  /** The same part of the other base string. Both begin at the same index. */
  readonly received: string;
  /** Index of the first difference in the two parts. */
  readonly indexInPart: number;
  /** The differences, element by element and parameter by parameter. */
  readonly differences: readonly BaseStringDifference[];
}

/** One difference between two base strings. */
export interface BaseStringDifference {
  readonly element: "method" | "base-string-uri" | "parameters";
  /** The name of the parameter, decoded, if the difference is in a parameter. */
  readonly parameter?: string;
  readonly kind: "missing" | "added" | "changed" | "encoding" | "order";
  /** The right base string's text, as it is before the last encoding. */
  readonly expected?: string;
  readonly received?: string;
  /** The difference in one sentence. */
  readonly text: string;
}

/**
 * Compares a base string with the right one, and lists the differences: method, base string
 * URI, and each parameter that is missing, added, changed, encoded differently, or in another
 * place.
 *
 * @param expected - The right base string.
 * @param received - The other base string, such as the one that a client prints.
 * @returns At most 20 differences, and the two texts around the first one.
 * @see RFC 5849 §3.4.1.1
 *
 * @example
 * ```ts
 * const right = "GET&http%3A%2F%2Fexample.com%2F&a%3Db%2520c";
 * const { differences } = compareBaseStrings(right, right.replace("%2520", "%2B"));
 * differences[0]?.text; // 'The parameter "a" is encoded as "b+c", and must be encoded as "b%20c".'
 * ```
 */
export function compareBaseStrings(expected: string, received: string): BaseStringComparison {
  const index = firstDifference(expected, received);
  const isSame = index === expected.length && index === received.length;
  const start = Math.max(0, index - CONTEXT);
  return {
    index: isSame ? undefined : index,
    expected: expected.slice(start, index + CONTEXT),
    received: received.slice(start, index + CONTEXT),
    indexInPart: index - start,
    differences: isSame ? [] : differencesOf(expected, received).slice(0, MOST_DIFFERENCES),
  };
}

/** The number of characters to show before and after a difference. */
const CONTEXT = 40;
const MOST_DIFFERENCES = 20;

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

function differencesOf(expected: string, received: string): BaseStringDifference[] {
  const [right, other] = [elementsOf(expected), elementsOf(received)];
  const differences: BaseStringDifference[] = [];
  if (right.method !== other.method) {
    differences.push(changed("method", "method", right.method, other.method));
  }
  if (right.uri !== other.uri) {
    differences.push(
      right.decodedUri === other.decodedUri
        ? changed("base-string-uri", "encoded base string URI", right.uri, other.uri)
        : changed("base-string-uri", "base string URI", right.decodedUri, other.decodedUri),
    );
  }
  if (right.parameters !== other.parameters) {
    const found = parameterDifferences(pairsOf(right.parameters), pairsOf(other.parameters));
    // The first difference may be only in the last encoding.
    if (found.length === 0 || !isEncoded(other.parameters)) {
      differences.push({
        element: "parameters",
        kind: "encoding",
        text: "The normalized parameters are not encoded as they must be.",
      });
    }
    differences.push(...found);
  }
  return differences;
}

function changed(
  element: BaseStringDifference["element"],
  what: string,
  expected: string,
  received: string,
): BaseStringDifference {
  const text = `The ${what} is ${quoted(received)}, and must be ${quoted(expected)}.`;
  return { element, kind: "changed", expected, received, text };
}

/** RFC 5849 §3.4.1.1: if the elements are not encoded, the text has more than two ampersands. */
function elementsOf(baseString: string) {
  const first = baseString.indexOf("&");
  const second = first < 0 ? -1 : baseString.indexOf("&", first + 1);
  const method = first < 0 ? baseString : baseString.slice(0, first);
  const uri = first < 0 ? "" : baseString.slice(first + 1, second < 0 ? undefined : second);
  return {
    method,
    uri,
    decodedUri: decodeText(uri),
    parameters: second < 0 ? "" : baseString.slice(second + 1),
  };
}

interface Pair {
  readonly name: string;
  readonly value: string;
  readonly text: string;
  readonly position: number;
}

/** The last encoding encodes every `=` and `&` between parameters. */
function isEncoded(parameters: string): boolean {
  return !/[&=]/.test(parameters);
}

function pairsOf(parameters: string): Pair[] {
  return (isEncoded(parameters) ? decodeText(parameters) : parameters)
    .split("&")
    .filter((text) => text !== "")
    .map((text, position) => {
      const equals = text.indexOf("=");
      return equals < 0
        ? { name: text, value: "", text, position }
        : { name: text.slice(0, equals), value: text.slice(equals + 1), text, position };
    });
}

function parameterDifferences(
  expected: readonly Pair[],
  received: readonly Pair[],
): BaseStringDifference[] {
  const differences: BaseStringDifference[] = [];
  const add = (
    kind: BaseStringDifference["kind"],
    right: Pair | undefined,
    other: Pair | undefined,
    text: (name: string) => string,
  ) => {
    const parameter = decodeText((right ?? other)?.name ?? "");
    differences.push({
      element: "parameters",
      parameter,
      kind,
      ...(right && { expected: right.text }),
      ...(other && { received: other.text }),
      text: text(quoted(parameter)),
    });
  };
  const left = unmatched(expected, received, (pair) => pair.text);
  const encodings = unmatched(left.expected, left.received, readable);
  for (const [right, other] of encodings.matched) {
    const isName = right.name !== other.name;
    const [must, is] = isName ? [right.name, other.name] : [right.value, other.value];
    add("encoding", right, other, (name) => {
      const what = isName ? "name of the parameter" : "parameter";
      return `The ${what} ${name} is encoded as ${quoted(is)}, and must be encoded as ${quoted(must)}.`;
    });
  }
  const values = unmatched(encodings.expected, encodings.received, ({ name }) => name);
  for (const [right, other] of values.matched) {
    add("changed", right, other, (name) => {
      return `The parameter ${name} has the value ${quoted(other.value)}, and must have ${quoted(right.value)}.`;
    });
  }
  for (const right of values.expected) {
    add("missing", right, undefined, (name) => `The parameter ${name} is missing.`);
  }
  for (const other of values.received) {
    add("added", undefined, other, (name) => `The parameter ${name} must not be there.`);
  }
  const misplaced = expected.find(({ text }, index) => received[index]?.text !== text);
  if (differences.length === 0 && misplaced !== undefined) {
    add("order", misplaced, undefined, () => {
      return `The parameters are in another order, beginning where ${quoted(misplaced.text)} must be.`;
    });
  }
  return differences;
}

/** The decoded content of a pair, however it is encoded. */
function readable({ name, value }: Pair): string {
  return [name, value].map((part) => decodeText(decodeText(part.replaceAll("+", " ")))).join("=");
}

/** Matches the pairs of two lists that have the same key, each with at most one. */
function unmatched(
  expected: readonly Pair[],
  received: readonly Pair[],
  key: (pair: Pair) => string,
): { expected: Pair[]; received: Pair[]; matched: [Pair, Pair][] } {
  const byKey = new Map<string, Pair[]>();
  for (const pair of [...received].reverse()) {
    const known = byKey.get(key(pair));
    if (known === undefined) byKey.set(key(pair), [pair]);
    else known.push(pair);
  }
  const matched: [Pair, Pair][] = [];
  const left: Pair[] = [];
  for (const pair of expected) {
    const other = byKey.get(key(pair))?.pop();
    if (other === undefined) left.push(pair);
    else matched.push([pair, other]);
  }
  const rest = [...byKey.values()].flat().sort((a, b) => a.position - b.position);
  return { expected: left, received: rest, matched };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
