/** The lines of a Markdown table with aligned columns. */
export function markdownTable(
  head: readonly string[],
  cells: readonly (readonly string[])[],
): string[] {
  const widths = head.map((_, at) =>
    Math.max(3, ...[head, ...cells].map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (row[at] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)];
}
