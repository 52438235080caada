import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { read } from "./figures.ts";
import { rangesOf } from "./mutation/changed-lines.mjs";
import { compare, listed } from "./mutation/equivalents.mjs";
import { packageNames, skippedTestsOf, sourcesOf, testsOf } from "./mutation/packages.mjs";
import { pageWith } from "./mutation/page.mjs";
import { sourcesInsteadOfBuilds } from "./mutation/sources.mjs";
import { root } from "./published.mjs";

/** A report of one file, with a mutant of `a < b` for each status. */
function reportOf(...statuses: readonly string[]) {
  const mutants = statuses.map((status, index) => ({
    status,
    location: { start: { line: 2, column: 8 }, end: { line: 2, column: 13 } },
    replacement: ["a <= b", "a >= b", "true", "false"][index] ?? "",
  }));
  const source = "function isLess(a, b) {\nreturn a < b;\n}\n";
  return { files: { "packages/signer/src/less.ts": { source, mutants } } };
}

const mutant = {
  file: "src/less.ts",
  line: "return a < b;",
  original: "a < b",
  replacement: "a <= b",
};
const groups = [{ reason: "a is never b.", mutants: [mutant] }];

describe("the comparison of a report with the list of equivalent mutants", () => {
  it("counts each mutant once", () => {
    const report = reportOf("Survived", "Killed", "Timeout", "NoCoverage");
    expect(compare(report, groups, { whole: true })).toEqual({
      figures: { mutants: 4, killed: 1, timeout: 1, survived: 0, uncovered: 1, equivalent: 1 },
      survivors: [{ ...mutant, replacement: "false" }],
      mistakes: [],
    });
  });

  it("counts a mutant that throws while its module is loaded as killed", () => {
    const { figures } = compare(reportOf("RuntimeError"), [], { whole: true });
    expect(figures).toMatchObject({ mutants: 1, killed: 1 });
  });

  it("reports a survivor that is not listed", () => {
    const { survivors, mistakes } = compare(reportOf("Survived"), [], { whole: true });
    expect([survivors, mistakes]).toEqual([[mutant], []]);
  });

  it("counts a listed mutant as equivalent if its run ends by its time limit", () => {
    const { figures, mistakes } = compare(reportOf("Timeout"), groups, { whole: true });
    expect([figures.equivalent, figures.timeout, mistakes]).toEqual([1, 0, []]);
  });

  it("reports a listed mutant that a test kills", () => {
    const { mistakes } = compare(reportOf("Killed"), groups, { whole: true });
    expect(mistakes).toEqual([expect.stringContaining("listed as equivalent, but killed")]);
  });

  it("reports a listed mutant that does not exist, if the report has the whole package", () => {
    const report = reportOf();
    expect(compare(report, groups, { whole: true }).mistakes).toEqual([
      expect.stringContaining("listed as equivalent, but not a mutant"),
    ]);
    expect(compare(report, groups, { whole: false }).mistakes).toEqual([]);
  });
});

describe("the lists of equivalent mutants", () => {
  const folder = join(root, ".ci/mutation/equivalents");

  it("belong to the packages that are mutated", () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
    expect(packageNames).toEqual(expect.arrayContaining(names));
  });

  it.each(packageNames)(
    "give a reason for each mutant, and name lines of the source: %s",
    (name) => {
      for (const { reason, mutants } of listed(name)) {
        expect(reason).toMatch(/^\S.*\.$/);
        for (const { file, line } of mutants) {
          const source = read(`packages/${name}/${file}`).replace(/\s+/g, " ");
          expect(source, file).toContain(line.replace(/…$/, ""));
        }
      }
    },
  );
});

describe("the tests that run against mutants", () => {
  it.each(packageNames)("exist, without those that are excluded: %s", (name) => {
    const tests = testsOf(name);
    expect(tests.length).toBeGreaterThan(0);
    const texts = tests.map((file) => read(file)).join();
    for (const title of skippedTestsOf(name)) expect(texts).toContain(`"${title}"`);
  });
});

describe("the sources that are mutated", () => {
  it.each(packageNames)("exist: %s", (name) => {
    for (const source of sourcesOf(name)) {
      const path = join(root, "packages", name, source.replace(/\*.*$/, ""));
      expect(existsSync(path), path).toBe(true);
    }
  });
});

describe("the plugin that leads to sources", () => {
  const { resolveId } = sourcesInsteadOfBuilds();
  const test = join(root, "packages/hmac-sha1/test/platforms.test.ts");

  it.each([
    ["@oauth1/hmac-sha1", "packages/hmac-sha1/src/hmac-sha1.ts"],
    ["@oauth1/hmac-sha1/constant-time", "packages/hmac-sha1/src/constant-time.ts"],
    ["@oauth1/base-string", "packages/base-string/src/index.ts"],
    ["#platform", "packages/hmac-sha1/src/platform-node.ts"],
    ["../dist/platform-web.js", "packages/hmac-sha1/src/platform-web.ts"],
  ])("resolves %s", (specifier, source) => {
    expect(resolveId(specifier, test)).toBe(join(root, source));
    expect(existsSync(join(root, source))).toBe(true);
  });

  it("leaves other imports alone", () => {
    for (const specifier of ["vitest", "node:fs", "./other.js", "@oauth1/unknown", "#unknown"]) {
      expect(resolveId(specifier, test)).toBeUndefined();
    }
  });
});

describe("the ranges of changed lines", () => {
  it("are those of a diff without context, without removed lines and removed files", () => {
    const diff = `--- a/packages/signer/src/sign.ts
+++ b/packages/signer/src/sign.ts
@@ -3 +3 @@ export
-a
+b
@@ -10,0 +11,3 @@
+c
+d
+e
@@ -20,2 +23,0 @@
-f
-g
--- a/packages/signer/src/old.ts
+++ /dev/null
@@ -1,2 +0,0 @@
-h
-i
`;
    expect(rangesOf(diff)).toEqual([
      "packages/signer/src/sign.ts:3-3",
      "packages/signer/src/sign.ts:11-13",
    ]);
  });
});

describe("docs/mutation-testing.md", () => {
  const figures = {
    mutants: 100,
    killed: 88,
    timeout: 1,
    survived: 1,
    uncovered: 0,
    equivalent: 10,
  };
  const date = new Date("2026-11-28T12:00:00Z");

  it("has the row of the last run of each package, and rounds the score down", () => {
    const first = pageWith("", "hmac-sha1", { ...figures, killed: 0 }, date);
    const page = pageWith(
      pageWith(first, "percent-encoding", figures, date),
      "hmac-sha1",
      figures,
      date,
    );
    expect(page.match(/^\| \[.*$/gm)).toEqual([
      "| [percent-encoding](../packages/percent-encoding/README.md) | 100 | 88 | 1 | 1 | 0 | 10 | 98.8 % | 2026-11-28 |",
      "| [hmac-sha1](../packages/hmac-sha1/README.md) | 100 | 88 | 1 | 1 | 0 | 10 | 98.8 % | 2026-11-28 |",
    ]);
  });

  it("is what the command writes", () => {
    const page = read("docs/mutation-testing.md");
    const [, name = "", mutants, killed, timeout, survived, uncovered, equivalent, day] =
      /^\| \[([\w-]+)\]\S+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| \S+ % \| (\S+) \|$/m.exec(
        page,
      ) ?? [];
    const numbers = { mutants, killed, timeout, survived, uncovered, equivalent };
    const same = Object.fromEntries(
      Object.entries(numbers).map(([key, figure]) => [key, Number(figure)]),
    );
    expect(pageWith(page, name, same, new Date(`${day}`))).toBe(page);
  });

  it("states a score of at least 95 % for each package", () => {
    const scores = Array.from(read("docs/mutation-testing.md").matchAll(/\| ([\d.]+) % \|/g));
    expect(scores.length).toBeGreaterThan(0);
    for (const [, score] of scores) expect(Number(score)).toBeGreaterThanOrEqual(95);
  });
});
