import type { Chance } from "./kill.js";
import type { Mutant } from "./mutant.js";

/** A mutant and what it is caught by. */
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
  return `# Does the suite bite?

Written by

\`\`\`sh
npx pnpm --filter @oauth1/conformance mutants
\`\`\`

${kills.length} signers and verifiers, each with one mistake on purpose. Vectors catch ${byVector} of them, properties alone
(seed ${seed}, ${cases} random cases each) ${byProperty}; for the others the reason is given. The vectors are those that
carry the flag; where no flag is so exact, all of them.

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
