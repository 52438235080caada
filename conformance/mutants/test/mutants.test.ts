import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { firstPropertyAgainst, flaggedVectors, vectorsAgainst } from "../dist/kill.js";
import { mutant } from "../dist/mutant.js";
import { mutants } from "../dist/mutants.js";

const chance = { seed: 1, cases: 1000 };
const right = mutant("right", undefined, "None.", () => ({}));

describe("mutants", () => {
  it("number at least 60 and have unique names", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it("are not caught without a mistake", async () => {
    expect(await vectorsAgainst(right, flaggedVectors(undefined))).toEqual([]);
    expect(await firstPropertyAgainst(right, { ...chance, cases: 200 })).toBeUndefined();
  });

  it.each(mutants)("$name is caught by a vector that has its flag", async (broken) => {
    expect((await vectorsAgainst(broken, flaggedVectors(broken.flag))).length).toBeGreaterThan(0);
  });

  const within = mutants.filter(({ beyondProperties }) => beyondProperties === undefined);
  it.each(within)("$name is caught by a property without vectors", async (broken) => {
    expect(await firstPropertyAgainst(broken, chance)).toBeDefined();
  });

  it("are all listed unchanged in docs/mutants.md", () => {
    const page = readFileSync(new URL("../../../docs/mutants.md", import.meta.url), "utf8");
    // After the heading and the line below it.
    const rows = (page.match(/^\| .* \|$/gm) ?? []).slice(2);
    const shown = rows.map((row) => row.split(" | ").slice(0, 3).join(" | "));
    expect(shown).toEqual(
      mutants.map(({ name, mistake, flag }) =>
        [`| ${name}`, mistake, flag === undefined ? "" : `\`${flag}\``].join(" | "),
      ),
    );
    for (const row of rows) expect(row).not.toMatch(/ \| 0 \| | none: \|$/);
  });
});
