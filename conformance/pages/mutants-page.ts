import type { Chance } from "../mutants/kill.js";
import type { Mutant } from "../mutants/mutant.js";

/** A mutant and what it is caught by. */
export interface Kill {
  readonly mutant: Mutant;
  /** The ids of the vectors with its flag that it fails. */
  readonly vectors: readonly string[];
  /** The id of the first law that it breaks. */
  readonly law: string | undefined;
}

/** The kill table, in Markdown. */
export function mutantsPage(kills: readonly Kill[], { seed, cases }: Chance): string {
  const byLaw = kills.filter(({ law }) => law !== undefined).length;
  const byVector = kills.filter(({ vectors }) => vectors.length > 0).length;
  return `# Does the suite bite?

Written by

\`\`\`sh
npx pnpm --filter @oauth1/conformance mutants
\`\`\`

${kills.length} signers and verifiers, each with one mistake on purpose. Vectors catch ${byVector} of them, laws alone
(seed ${seed}, ${cases} random cases each) ${byLaw}; for the others the reason is given. The vectors are those that
carry the flag; where no flag is so exact, all of them.

| mutant | mistake | flag | vectors that fail | the first law that fails |
| --- | --- | --- | --: | --- |
${kills.map(killRow).join("\n")}
`;
}

function killRow({ mutant, vectors, law }: Kill): string {
  const { name, mistake, flag, beyondLaws } = mutant;
  const byLaw = law === undefined ? `none: ${beyondLaws ?? ""}` : `\`${law}\``;
  const cells = [name, mistake, flag === undefined ? "" : `\`${flag}\``, vectors.length, byLaw];
  return `| ${cells.join(" | ")} |`;
}
