import { encode } from "./encode.js";

/** A parameter of a signature base string, its name and its value encoded once. */
export type EncodedPair = readonly [name: string, value: string];

/** The elements of a signature base string (RFC 5849 §3.4.1.1). */
export interface BaseStringElements {
  /** The base string URI before it was encoded. */
  readonly method: string;
  readonly baseStringUri: string;
  /** The parameters, in the order of the base string. */
  readonly parameters: readonly EncodedPair[];
}

/**
 * Splits a well-formed signature base string.
 *
 * @returns undefined if the text is not a base string.
 */
export function baseStringElements(baseString: string): BaseStringElements | undefined {
  const [method, uri, normalized, ...rest] = baseString.split("&").map(decodedOnce);
  if (method === undefined || uri === undefined || normalized === undefined || rest.length > 0) {
    return undefined;
  }
  const parameters = normalized === "" ? [] : normalized.split("&").map(pair);
  return { method, baseStringUri: uri, parameters };
}

/** Builds a signature base string, with the parameters in the given order. */
export function joinedBaseString({
  method,
  baseStringUri,
  parameters,
}: BaseStringElements): string {
  const normalized = parameters.map((both) => both.join("=")).join("&");
  return [method, baseStringUri, normalized].map(encode).join("&");
}

/** Encoded parameters by name, then value, as octets (RFC 5849 §3.4.1.3.2). */
export function sortedPairs(parameters: readonly EncodedPair[]): EncodedPair[] {
  const order = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return [...parameters].sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]));
}

/** Returns the pairs without one of each of the others. A pair can occur more than once. */
export function pairsWithout<Pair extends EncodedPair>(
  pairs: readonly Pair[],
  others: readonly EncodedPair[],
): Pair[] {
  const counts = new Map<string, number>();
  const keyOf = (pair: EncodedPair) => JSON.stringify(pair);
  for (const pair of others) counts.set(keyOf(pair), (counts.get(keyOf(pair)) ?? 0) + 1);
  return pairs.filter((pair) => {
    const left = counts.get(keyOf(pair)) ?? 0;
    counts.set(keyOf(pair), left - 1);
    return left <= 0;
  });
}

/** Removes one level of percent-encoding from ASCII text. */
function decodedOnce(encoded: string): string {
  return encoded.replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function pair(text: string): EncodedPair {
  const equals = text.indexOf("=");
  return equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}
