// The fuzzer itself: it must find what is hidden behind several branches.
import { expect, it } from "vitest";
import { Coverage } from "../src/coverage.js";
import { fuzz } from "../src/fuzz.js";
import { mutate } from "../src/mutate.js";
import { Random } from "../src/random.js";
import { BrokenInvariant, type FuzzTarget, hold } from "../src/target.js";

// Finds a mark, character by character, as a parser does. Loaded by Node itself, after the start.
const PARSER = `
export function findsMark(text) {
  if (text[0] !== "%") return false;
  if (text[1] !== "[") return false;
  if (text[2] !== "@") return false;
  if (text[3] !== ";") return false;
  return true;
}`;

it("finds an input that a chain of four comparisons hides", async () => {
  const coverage = new Coverage();
  await coverage.start();
  const { findsMark } = await import(`data:text/javascript,${encodeURIComponent(PARSER)}`);
  const target: FuzzTarget = {
    name: "hidden-mark",
    modules: /^data:.*findsMark/,
    seeds: ["a"],
    tokens: [],
    check: (input) => hold(!findsMark(input), "the mark is not found"),
  };
  // Short runs, each with the corpus of the one before, as a person would repeat them.
  let result = await fuzz(target, [], { milliseconds: 1_000, seed: 1, coverage });
  for (let seed = 2; seed < 60 && result.failures.size === 0; seed++) {
    result = await fuzz(target, result.corpus, { milliseconds: 1_000, seed, coverage });
  }
  const { failures, corpus } = result;
  coverage.stop();
  expect([...failures.keys()]).toEqual(["the mark is not found"]);
  expect(failures.get("the mark is not found")).toMatch(/^%\[@;/);
  expect(corpus.length).toBeGreaterThan(3);
});

it("repeats its mutations with the same seed", () => {
  const mutations = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 50 }, () => mutate("a=b&c", random, ["d", "e=f"], ["%25"]));
  };
  expect(mutations(7)).toEqual(mutations(7));
  expect(mutations(7)).not.toEqual(mutations(8));
  expect(new Set(mutations(7)).size).toBeGreaterThan(40);
});

it("names the values for which an invariant does not hold", () => {
  expect(() => hold(false, "they are the same", 1, "b")).toThrow(
    new BrokenInvariant('they are the same: 1, "b"'),
  );
});
