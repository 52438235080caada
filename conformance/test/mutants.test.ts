import { describe, expect, it } from "vitest";
import { firstLawAgainst, flaggedVectors, vectorsAgainst } from "../mutants/kill.js";
import { mutant } from "../mutants/mutant.js";
import { mutants } from "../mutants/mutants.js";

const chance = { seed: 1, cases: 1000 };
const right = mutant("right", undefined, "None.", () => ({}));

describe("mutants", () => {
  it("there are at least 60, each with a name of its own", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it("without a mistake nothing is caught", async () => {
    expect(await vectorsAgainst(right, flaggedVectors(undefined))).toEqual([]);
    expect(await firstLawAgainst(right, { ...chance, cases: 200 })).toBeUndefined();
  });

  it.each(mutants)("$name is caught by a vector that has its flag", async (broken) => {
    expect((await vectorsAgainst(broken, flaggedVectors(broken.flag))).length).toBeGreaterThan(0);
  });

  const within = mutants.filter(({ beyondLaws }) => beyondLaws === undefined);
  it.each(within)("$name is caught by a law alone", async (broken) => {
    expect(await firstLawAgainst(broken, chance)).toBeDefined();
  });
});
