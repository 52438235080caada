import type { AlignedLine } from "./align-lines.js";

/**
 * An excerpt of the lines: without the middle of long runs of equal lines, and short enough for
 * a page.
 */
export function excerpt(lines: readonly AlignedLine[]): AlignedLine[] {
  const shown: AlignedLine[] = [];
  let index = 0;
  while (index < lines.length && shown.length < MOST_LINES) {
    const run = equalLines(lines, index);
    if (run <= LONGEST_RUN) {
      shown.push(...lines.slice(index, index + Math.max(run, 1)));
      index += Math.max(run, 1);
      continue;
    }
    shown.push(...lines.slice(index, index + CONTEXT), omission(run - 2 * CONTEXT));
    index += run - CONTEXT;
    shown.push(...lines.slice(index, index + CONTEXT));
    index += CONTEXT;
  }
  if (index < lines.length) shown.push(omission(lines.length - index));
  return shown.map(clipped);
}

const MOST_LINES = 200;
const LONGEST_RUN = 16;
/** The number of equal lines to show before and after a difference. */
const CONTEXT = 5;
/** The maximum number of characters of a line. */
const LONGEST_LINE = 2000;

/** The number of equal lines from an index on. */
function equalLines(lines: readonly AlignedLine[], start: number): number {
  let end = start;
  while (lines[end]?.in === "both") end++;
  return end - start;
}

function omission(count: number): AlignedLine {
  return { in: "both", text: `… ${count} more lines …` };
}

/** The part of a line around its change. */
function clipped(line: AlignedLine): AlignedLine {
  const { text, changed } = line;
  if (text.length <= LONGEST_LINE) return line;
  const start = Math.max(0, (changed?.[0] ?? 0) - LONGEST_LINE / 2);
  const end = start + LONGEST_LINE;
  const before = start > 0 ? "…" : "";
  const after = end < text.length ? "…" : "";
  const place = (index: number) => Math.min(index, end) - start + before.length;
  return {
    ...line,
    text: before + text.slice(start, end) + after,
    changed: changed && [place(changed[0]), place(changed[1])],
  };
}
