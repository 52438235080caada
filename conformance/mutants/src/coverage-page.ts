import type { VectorFile } from "@oauth1/conformance";
import type { Mutant } from "./mutant.js";
import type { Keyword, Section, Statement, Tests } from "./statement.js";

/** The parts of the suite to which the statements refer. */
export interface Suite {
  readonly files: readonly VectorFile[];
  readonly mutants: readonly Mutant[];
}

/** The statements of the sections and what tests each, in Markdown. */
export function coveragePage(sections: readonly Section[], suite: Suite): string {
  const statements = sections.flatMap((section) => section.statements);
  const tested = statements.filter(isTested).length;
  return `# Coverage of the specification

This page shows which tests of the suite cover each rule of RFC 5849. This command writes it:

\`\`\`sh
npx pnpm --filter @oauth1/mutants coverage
\`\`\`

[RFC 5849 §3](https://www.rfc-editor.org/rfc/rfc5849#section-3) has ${statements.length} normative statements, here in our own
words. The suite tests ${tested} of them. For each of the other ${statements.length - tested}, the page gives the reason why it cannot.

The level is the keyword of the RFC. A statement without a keyword is a step of a definition. The tests of a
statement are

- the named [vectors](vectors.md), and all others that have one of the flags,
- [properties](../conformance/properties/README.md), which the suite checks with random requests,
- [mutants](mutants.md) that break the statement, and show that these vectors and properties notice it,
- probes that [\`probe\`](../conformance/runner/README.md) sends to a server.

| section | title | statements | tested |
| --- | --- | --: | --: |
${sections.map(summaryRow).join("\n")}

${sections.map((section) => sectionText(section, suite)).join("\n\n")}
`;
}

/**
 * The ids of the vectors that test a statement: the named ones, then those with one of its
 * flags.
 */
export function vectorsOf(
  { vectors = [], flags = [] }: Tests,
  { files }: Pick<Suite, "files">,
): readonly string[] {
  const flagged = files
    .flatMap((file) => [...file.vectors])
    .filter((vector) => vector.flags.some((flag) => flags.includes(flag)));
  return [...new Set([...vectors, ...flagged.map(({ id }) => id)])];
}

/** The names of the mutants that break a statement. */
function mutantsOf(
  { flags = [], mutants: named = [] }: Tests,
  { mutants }: Pick<Suite, "mutants">,
): readonly string[] {
  return mutants
    .filter(
      ({ name, flag }) => named.includes(name) || (flag !== undefined && flags.includes(flag)),
    )
    .map(({ name }) => name);
}

function isTested({ tested }: Statement): boolean {
  return typeof tested !== "string";
}

function summaryRow({ number, title, statements }: Section): string {
  return row(`§${number}`, title, statements.length, statements.filter(isTested).length);
}

function sectionText({ number, title, statements }: Section, suite: Suite): string {
  return `## ${number} ${title}

| number | level | statement | tests |
| --- | --- | --- | --- |
${statements.map((statement) => statementRow(statement, suite)).join("\n")}`;
}

function statementRow({ id, text, keywords, tested }: Statement, suite: Suite): string {
  const tests = typeof tested === "string" ? `None. ${tested}` : testsCell(tested, suite);
  return row(id, level(keywords), text, tests);
}

function level(keywords: readonly Keyword[]): string {
  return keywords.length === 0 ? "definition" : keywords.join(", ");
}

function testsCell(tests: Tests, suite: Suite): string {
  const { vectors = [], flags = [], properties = [], probes = [] } = tests;
  const count = vectorsOf(tests, suite).length;
  const flagged = flags.length === 0 ? "" : `; ${plural(flags.length, "flag")} ${codes(flags)}`;
  const mutants = mutantsOf(tests, suite);
  return [
    ...(count === 0 ? [] : [`${count} ${plural(count, "vector")}: ${codes(vectors)}${flagged}`]),
    ...(properties.length === 0
      ? []
      : [`${plural(properties.length, "property", "properties")}: ${codes(properties)}`]),
    ...(mutants.length === 0 ? [] : [`${plural(mutants.length, "mutant")}: ${mutants.join(", ")}`]),
    ...(probes.length === 0 ? [] : [`${plural(probes.length, "probe")}: ${codes(probes)}`]),
  ].join("<br>");
}

function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}
