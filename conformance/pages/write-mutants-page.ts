import { writeFileSync } from "node:fs";
import { firstLawAgainst, flaggedVectors, vectorsAgainst } from "../mutants/kill.js";
import { mutants } from "../mutants/mutants.js";
import { type Kill, mutantsPage } from "./mutants-page.js";

const chance = { seed: 1, cases: 1000 };

const kills: Kill[] = [];
for (const mutant of mutants) {
  const vectors = await vectorsAgainst(mutant, flaggedVectors(mutant.flag));
  kills.push({ mutant, vectors, law: await firstLawAgainst(mutant, chance) });
}
writeFileSync(new URL("../../../docs/mutants.md", import.meta.url), mutantsPage(kills, chance));
const survivors = kills.filter(({ vectors }) => vectors.length === 0);
if (survivors.length > 0) {
  console.error(
    `not caught by any vector: ${survivors.map(({ mutant }) => mutant.name).join(", ")}`,
  );
  process.exitCode = 1;
}
