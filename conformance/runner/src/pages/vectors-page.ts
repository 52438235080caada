import type { VectorFile } from "../vectors.js";

/** The kind of answer that vectors ask for. */
const results = ["valid", "invalid", "acceptable"] as const;

/** The index of the vectors, in Markdown: topics and flags. */
export function vectorsPage(files: readonly VectorFile[]): string {
  const all = files.flatMap(({ vectors }) => vectors);
  return `# Vectors

This page is the index of the test vectors and their flags. This command writes it:

\`\`\`sh
npx pnpm --filter @oauth1/conformance vectors-page
\`\`\`

Version ${files[0]?.version}: ${all.length} vectors in ${files.length} topics.
[vectors/README.md](../conformance/vectors/README.md) describes how to use them. [coverage.md](coverage.md) shows which
vectors test which statement of RFC 5849.

## Topics

| topic | section | vectors | ${results.join(" | ")} |
| --- | --- | --: | --: | --: | --: |
${files.map(topicRow).join("\n")}

## Flags

A flag names the mistake that a failure reveals.

| flag | section | mistake | vectors | topics |
| --- | --- | --- | --: | --- |
${flagRows(files).join("\n")}
`;
}

function topicRow({ topic, section, vectors }: VectorFile): string {
  const count = (result: string) => vectors.filter((vector) => vector.result === result).length;
  return row(code(topic), section, vectors.length, ...results.map(count));
}

function flagRows(files: readonly VectorFile[]): string[] {
  const names = [...new Set(files.flatMap(({ flags }) => Object.keys(flags)))].sort();
  return names.map((name) => {
    const carrying = files.filter(({ flags }) => Object.hasOwn(flags, name));
    const [explained] = carrying.map(({ flags }) => flags[name]);
    const vectors = carrying.flatMap((file) => [...file.vectors]);
    const count = vectors.filter(({ flags }) => flags.includes(name)).length;
    const topics = carrying.map(({ topic }) => code(topic)).join(", ");
    return row(code(name), explained?.section ?? "", explained?.description ?? "", count, topics);
  });
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}
