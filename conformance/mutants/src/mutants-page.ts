import type { Chance } from "./kill.js";
import type { Mutant } from "./mutant.js";

/** A mutant, and the vectors and the property that catch it. */
export interface Kill {
  readonly mutant: Mutant;
  /** The ids of the vectors with its flag that it fails. */
  readonly vectors: readonly string[];
  /** The id of the first property that it breaks. */
  readonly property: string | undefined;
}

/** The kill table, in Markdown. */
export function mutantsPage(kills: readonly Kill[], { seed, cases }: Chance): string {
  const byProperty = kills.filter(({ property }) => property !== undefined).length;
  const byVector = kills.filter(({ vectors }) => vectors.length > 0).length;
  return `# Mutation testing of the suite

This page shows which deliberate mistakes the conformance suite catches. This command writes it:

\`\`\`sh
npx pnpm --filter @oauth1/mutants mutants
\`\`\`

A mutant is a signer or a verifier with a mistake. The suite tests ${kills.length} signers and verifiers, each with one deliberate mistake.
Its vectors catch ${byVector} of them. Its properties alone catch ${byProperty} (seed ${seed}, ${cases} random cases each). For the others, the
table gives the reason. It counts only the vectors with the mutant's flag, or all vectors if no flag describes the
mistake exactly.

| mutant | mistake | flag | vectors that fail | the first property that fails |
| --- | --- | --- | --: | --- |
${kills.map(killRow).join("\n")}
`;
}

function killRow({ mutant, vectors, property }: Kill): string {
  const { name, mistake, flag, beyondProperties } = mutant;
  const byProperty = property === undefined ? `none: ${beyondProperties ?? ""}` : `\`${property}\``;
  const cells = [
    name,
    mistake,
    flag === undefined ? "" : `\`${flag}\``,
    vectors.length,
    byProperty,
  ];
  return `| ${cells.join(" | ")} |`;
}
