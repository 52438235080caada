// Every published package, packed and installed outside the workspace. `npm run installation` writes the
// results of the same run as docs/installation.md.
import { readFileSync } from "node:fs";
import { isMissing, startRedis, type TestServer } from "@oauth1/test-servers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundlers } from "../src/bundlers.mjs";
import { commands, entryPoints } from "../src/entry-points.mjs";
import { matrix } from "../src/matrix.mjs";
import { comparable, page } from "../src/page.mjs";
import { createProject } from "../src/project.mjs";
import { runtimes } from "../src/runtimes.mjs";
import { functions } from "../src/tree-shaking.mjs";
import { compilers, settings } from "../src/typescript.mjs";

type Results = Awaited<ReturnType<typeof matrix>>;

describe.skipIf(isMissing("redis"))("the packed packages", () => {
  let redis: TestServer;
  let project: Awaited<ReturnType<typeof createProject>>;
  let results: Results;
  beforeAll(async () => {
    redis = await startRedis();
    project = await createProject();
    results = await matrix({ folder: project.folder, redisUrl: redis.url });
  }, 1_200_000);
  afterAll(async () => {
    project?.remove();
    await redis?.stop();
  });

  for (const [at, { name, isInstalled, limits = {}, isNode }] of runtimes.entries()) {
    const isLeftOut = !isInstalled && !process.env["CI"];
    if (isLeftOut) console.warn(`SKIPPED: ${name}, which is not installed`);

    it.skipIf(isLeftOut)(`work in ${name}: each entry point is imported and used`, () => {
      const { works, others } = results.runtimes[at].imported;
      expect(Object.keys(others).sort(), JSON.stringify(others)).toEqual(
        Object.keys(limits).sort(),
      );
      expect(works).toBe(entryPoints.length - Object.keys(limits).length);
    });

    it.skipIf(isLeftOut)(`work in ${name}: each entry point is required and used`, () => {
      const { others } = results.runtimes[at].required;
      if (name === "Node 22.11.0") {
        // The last version of Node 22 that does not require ES modules.
        const codes = Object.entries<string>(others).filter(([, error]) =>
          error.includes("ERR_REQUIRE_ESM"),
        );
        expect(codes.map(([specifier]) => specifier).sort()).toEqual(
          entryPoints.filter((specifier) => !specifier.endsWith(".json")),
        );
        return;
      }
      expect(Object.keys(others).sort(), JSON.stringify(others)).toEqual(
        Object.keys(limits).sort(),
      );
    });

    if (!isNode) continue;
    it.skipIf(isLeftOut)(`have ${commands.length} commands that start in ${name}`, () => {
      expect(results.runtimes[at].failing).toEqual([]);
    });
  }

  for (const [row, { version }] of compilers.entries()) {
    for (const [column, { name }] of settings.entries()) {
      // TypeScript knows `require` of ES modules from 5.8 on, with nodenext only.
      const isUnknown = name.startsWith("`node16`") || version.startsWith("5.7.");
      const expected = name.endsWith("CommonJS") && isUnknown ? ["TS1479"] : [];
      const result = expected.length === 0 ? "compile" : "do not compile, as the READMEs say,";
      it(`${result} with TypeScript ${version}, ${name}`, () => {
        const errors: string[] = results.compilers[row].errors[column];
        const codes = new Set(errors.map((error) => error.slice(0, 6)));
        expect([...codes], errors.join("\n")).toEqual(expected);
      });
    }
  }

  for (const [at, { name }] of bundlers.entries()) {
    it(`send the right signature from a page that ${name} bundled`, ({ skip }) => {
      const { sent } = results.bundles[at];
      if (sent === undefined && !process.env["CI"]) return skip("Chromium is not installed");
      expect(sent?.isRight, JSON.stringify(sent)).toBe(true);
    });
  }

  it("send the right signature from a worker in workerd", ({ skip }) => {
    const { sent } = results.worker;
    if (sent === undefined && !process.env["CI"]) return skip("workerd is not installed");
    expect(sent?.isRight, JSON.stringify(sent)).toBe(true);
  });

  for (const [at, { specifier, name, most }] of functions.entries()) {
    it(`bundle ${name} of ${specifier} without the rest, in at most ${most} bytes`, () => {
      for (const { one, all } of results.functions[at].sizes) {
        expect(one).toBeLessThan(all);
        expect(one).toBeLessThanOrEqual(most);
      }
    });
  }

  it("have the results that docs/installation.md shows", () => {
    const written = readFileSync(new URL("../../../docs/installation.md", import.meta.url), "utf8");
    expect(comparable(page(results, "2026-01-01"))).toBe(comparable(written));
  });
});
