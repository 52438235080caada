import { writeFileSync } from "node:fs";
import { firstPropertyAgainst, flaggedVectors, vectorsAgainst } from "./kill.js";
import { mutants } from "./mutants.js";
import { type Kill, mutantsPage } from "./mutants-page.js";

const chance = { seed: 1, cases: 1000 };

const kills: Kill[] = [];
for (const mutant of mutants) {
  const vectors = await vectorsAgainst(mutant, flaggedVectors(mutant.flag));
  kills.push({ mutant, vectors, property: await firstPropertyAgainst(mutant, chance) });
}
writeFileSync(new URL("../../../docs/mutants.md", import.meta.url), mutantsPage(kills, chance));
const survivors = kills.filter(({ vectors }) => vectors.length === 0);
if (survivors.length > 0) {
  console.error(
    `not caught by any vector: ${survivors.map(({ mutant }) => mutant.name).join(", ")}`,
  );
  process.exitCode = 1;
}
