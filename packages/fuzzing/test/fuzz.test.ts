// The fuzzer itself: it must find what is hidden behind several branches.
import { expect, it } from "vitest";
import { Coverage, SeenCoverage } from "../src/coverage.js";
import { fuzz } from "../src/fuzz.js";
import { mutate } from "../src/mutate.js";
import { Random } from "../src/random.js";
import { pageWith } from "../src/runs-page.js";
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
  expect(result.blocks.executed).toBe(result.blocks.all);
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

it("writes the row of one parser into the page, and keeps the rows of the others", () => {
  const run = {
    name: "url",
    minutes: 10,
    inputs: 1234567,
    blocks: { executed: 9, all: 10 },
    kept: 3,
  };
  const date = new Date("2026-11-28T12:00:00Z");
  const first = pageWith("", { ...run, name: "form" }, date);
  const both = pageWith(first, run, date);
  const [row] = /^\| `form`.*$/m.exec(first) ?? [];
  expect(both).toContain(`${row}\n| \`url\` | 10 | 1,234,567 | 9 of 10 | 3 | 2026-11-28 |\n`);
  expect(pageWith(both, { ...run, minutes: 1 }, date).match(/^\| `url`/gm)).toHaveLength(1);
});

it("counts the blocks that were executed, and those that were not", () => {
  const url = "file:///parser.js";
  const whole = { startOffset: 100, endOffset: 200, count: 1 };
  const branch = { startOffset: 140, endOffset: 160, count: 0 };
  const seen = new SeenCoverage();
  seen.add([{ url, ranges: [whole, branch] }]);
  expect(seen.blocks(/parser/)).toEqual({ executed: 2, all: 3 });
  // V8 joins neighbours that have the same count.
  seen.add([{ url, ranges: [whole] }]);
  expect(seen.blocks(/parser/)).toEqual({ executed: 3, all: 3 });
  expect(seen.blocks(/other/)).toEqual({ executed: 0, all: 0 });
});
