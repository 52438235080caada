// The fuzzer itself: it must find what is hidden behind several branches.
import { expect, it } from "vitest";
import { Coverage } from "../src/coverage.js";
import { fuzz } from "../src/fuzz.js";
import { mutate } from "../src/mutate.js";
import { Random } from "../src/random.js";
import { BrokenInvariant, type FuzzTarget, hold } from "../src/target.js";

it("finds an input that a chain of four comparisons hides", async () => {
  const coverage = new Coverage();
  await coverage.start();
  const { findsMark } = await import("./hidden-mark.js");
  const target: FuzzTarget = {
    name: "hidden-mark",
    modules: /hidden-mark/,
    seeds: ["a"],
    tokens: [],
    check: (input) => hold(!findsMark(input), "the mark is not found"),
  };
  const options = { milliseconds: 20_000, seed: 1, coverage };
  const { failures, corpus } = await fuzz(target, [], options);
  coverage.stop();
  expect([...failures.keys()]).toEqual(["the mark is not found"]);
  expect(failures.get("the mark is not found")).toMatch(/^%\[\\;/);
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
