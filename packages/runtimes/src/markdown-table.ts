/** The lines of a Markdown table. */
export function markdownTable(
  head: readonly string[],
  cells: readonly (readonly string[])[],
): string[] {
  const line = (row: readonly string[]) => `| ${head.map((_, at) => row[at] ?? "").join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...cells.map(line)];
}
