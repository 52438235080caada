/** A line of two texts that are shown together. */
export interface AlignedLine {
  /** The text that contains the line. */
  readonly in: "both" | "received" | "expected";
  readonly text: string;
  /** The changed part of a line that replaces another. */
  readonly changed?: readonly [start: number, end: number] | undefined;
}

/**
 * Splits a signature base string for reading: a line for each element and each parameter, with the
 * separator after it. The lines together are the text.
 *
 * @see RFC 5849 §3.4.1.1
 */
export function baseStringLines(baseString: string): string[] {
  return baseString.split(/(?<=&|%26)/);
}

/** The key of a base string's line, without its separator, because the last line has none. */
export function withSeparator(line: string, index: number, lines: readonly string[]): string {
  return index === lines.length - 1 ? `${line}%26` : line;
}

/**
 * Aligns the lines of two texts, in linear time. Each line of both texts is in the result, in its
 * order.
 *
 * @param keyOf - Returns a key. Lines with the same key count as equal, and the expected line
 * is shown.
 */
export function alignLines(
  received: readonly string[],
  expected: readonly string[],
  keyOf: (line: string, index: number, lines: readonly string[]) => string = (line) => line,
): AlignedLine[] {
  const aligned: AlignedLine[] = [];
  const keys = received.map(keyOf);
  const left = new Map<string | undefined, number>();
  for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
  let removed: string[] = [];
  let added: string[] = [];
  let next = 0;
  const take = () => {
    const key = keys[next];
    left.set(key, (left.get(key) ?? 0) - 1);
    return received[next++] ?? "";
  };
  const flush = () => {
    aligned.push(...replaced(removed, added));
    removed = [];
    added = [];
  };
  for (const [index, text] of expected.entries()) {
    const key = keyOf(text, index, expected);
    if (!left.get(key)) {
      added.push(text);
      continue;
    }
    while (keys[next] !== key) removed.push(take());
    flush();
    take();
    aligned.push({ in: "both", text });
  }
  removed.push(...received.slice(next));
  flush();
  return aligned;
}

/**
 * Lines at the same place. If both texts have the same number, they replace each other one by
 * one.
 */
function replaced(received: readonly string[], expected: readonly string[]): AlignedLine[] {
  if (received.length !== expected.length) {
    return [
      ...received.map((text) => ({ in: "received", text }) as const),
      ...expected.map((text) => ({ in: "expected", text }) as const),
    ];
  }
  return received.flatMap((text, index): AlignedLine[] => {
    const right = expected[index] ?? "";
    return [
      { in: "received", text, changed: changedPart(text, right) },
      { in: "expected", text: right, changed: changedPart(right, text) },
    ];
  });
}

/**
 * The part of a line between the beginning and the end that it has in common with the other
 * line.
 */
function changedPart(text: string, other: string): [start: number, end: number] {
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && text.at(-1 - end) === other.at(-1 - end)) end++;
  return [start, text.length - (end < SHORTEST_END ? 0 : end)];
}

/** A shorter common end is a coincidence, such as that of GET and POST. */
const SHORTEST_END = 3;
