import {
  formatReport,
  hasFailed,
  type Implementation,
  oauth1Implementation,
  type Result,
  runConformance,
  Unsupported,
} from "@oauth1/conformance";
import { describe, expect, it } from "vitest";

const ours = oauth1Implementation();

/** Our implementation with a common mistake. */
function broken(mistake: Partial<Implementation>): Implementation {
  return { ...ours, name: "broken", ...mistake };
}

const spaceAsPlus = broken({
  percentEncode: async (input) => (await ours.percentEncode?.(input))?.replaceAll("%20", "+") ?? "",
});

describe("a broken implementation", () => {
  it("is caught by vectors with a flag, and by properties whose case can be repeated", async () => {
    const report = await runConformance([spaceAsPlus], { seed: 1, topics: ["percent-encoding"] });
    expect(hasFailed(report)).toBe(true);
    const failed = report.implementations[0]?.results.filter(({ outcome }) => outcome === "failed");
    const byVector = failed?.filter(({ kind }) => kind === "vector") ?? [];
    expect(byVector.flatMap(({ flags }) => flags)).toContain("SpaceAsPlus");
    const byProperty = failed?.find(({ id }) => id === "percent-encoding/text-by-table");
    expect(byProperty).toMatchObject({ kind: "property", seed: 1, path: expect.any(String) });
    expect(byProperty?.section).toMatch(/§\d/);
    // A report is plain data.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it("is caught by a property with a small counterexample", async () => {
    const report = await runConformance([spaceAsPlus], {
      seed: 1,
      topics: ["percent-encoding"],
    });
    const results: readonly Result[] = report.implementations[0]?.results ?? [];
    expect(results.find(({ id }) => id === "percent-encoding/text-by-table")).toMatchObject({
      input: " ",
      expected: "%20",
      received: "+",
    });
  });

  it("does not fail for what it does not support", async () => {
    const report = await runConformance(
      [
        broken({
          percentEncode() {
            throw new Unsupported("not today");
          },
        }),
      ],
      { seed: 1, cases: 20, topics: ["percent-encoding"] },
    );
    const outcomes = report.implementations[0]?.results.map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(["unsupported"]));
  });
});

describe("formatReport", () => {
  it("prints counts, failures and the seed, in colours only on request", async () => {
    const cases = (tried: Implementation) => (tried === ours ? 50 : 60);
    const options = { seed: 7, cases, topics: ["percent-encoding"] };
    const report = await runConformance([ours, spaceAsPlus], options);
    const plain = formatReport(report, { verbose: true });
    expect(plain).not.toContain("\u001b");
    expect(plain).toMatch(/^percent-encoding +\d+ \/ 0 \/ 0 +\d+ \/ [1-9]\d* \/ 0$/m);
    expect(plain).toMatch(/^failed percent-encoding\/space broken, vector, §3\.6$/m);
    expect(plain).toMatch(/^ {2}input +\{"text":" "\}$/m);
    expect(plain).toMatch(/^ {2}expected +%20$/m);
    expect(plain).toMatch(/^ {2}received +\+$/m);
    expect(plain).toMatch(/^random cases for each property +50 +60$/m);
    expect(plain).toMatch(/Seed 7\.\n$/);
    const coloured = formatReport(report, { color: true, verbose: true });
    expect(coloured).toContain("\u001b[31mfailed\u001b[0m");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });
});
