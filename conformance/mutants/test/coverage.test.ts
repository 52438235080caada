import { readFileSync } from "node:fs";
import { loadVectors } from "@oauth1/conformance";
import { properties } from "@oauth1/properties";
import { describe, expect, it } from "vitest";
import { probes } from "../../runner/dist/probe/probes.js";
import { coveragePage, vectorsOf } from "../dist/coverage-page.js";
import { mutants } from "../dist/mutants.js";
import { sections } from "../dist/sections.js";
import type { Statement, Tests } from "../dist/statement.js";

const files = loadVectors();
const statements = sections.flatMap((section) => section.statements);
const untested = statements.filter(({ tested }) => typeof tested === "string");
const tests = statements.flatMap(({ tested }) => (typeof tested === "string" ? [] : [tested]));

const known: Readonly<Record<keyof Tests, ReadonlySet<string>>> = {
  vectors: new Set(files.flatMap((file) => file.vectors.map(({ id }) => id))),
  flags: new Set(files.flatMap((file) => Object.keys(file.flags))),
  properties: new Set(properties.map(({ id }) => id)),
  probes: new Set(probes.map(({ id }) => id)),
  mutants: new Set(mutants.map(({ name }) => name)),
};
const kinds = Object.keys(known) as (keyof Tests)[];

function named(kind: keyof Tests): ReadonlySet<string> {
  return new Set(tests.flatMap((test) => test[kind] ?? []));
}

/** The names of §3 that no statement uses. */
function unnamed(kind: keyof Tests, all: readonly (readonly [name: string, section: string])[]) {
  return all
    .filter(([name, section]) => section.startsWith("§3") && !named(kind).has(name))
    .map(([name]) => name);
}

describe("the statements of RFC 5849 §3", () => {
  it.each(sections)("restate the keywords of §$number in the order of the text", (section) => {
    expect(section.statements.length).toBeGreaterThan(0);
    expect(section.statements.flatMap(({ keywords }) => keywords)).toEqual(section.keywords);
  });

  it("belong to every section that a vector, a flag, a property or a probe cites", () => {
    const cited = [
      ...files.flatMap((file) => [
        ...file.vectors.map(({ section }) => section),
        ...Object.values(file.flags).map(({ section }) => section),
      ]),
      ...properties.map(({ section }) => section),
      ...probes.map(({ section }) => section),
    ].filter((section) => section.startsWith("§3"));
    expect(sections.map(({ number }) => `§${number}`)).toEqual(expect.arrayContaining(cited));
  });

  it.each(statements)("$id has a test or a reason", ({ tested }: Statement) => {
    if (typeof tested === "string") expect(tested).toMatch(/^[A-Z].{20,}\.$/);
    else {
      const { properties: some = [], probes: sent = [] } = tested;
      const vectors = vectorsOf(tested, { files });
      expect(vectors.length + some.length + sent.length).toBeGreaterThan(0);
    }
  });

  it.each(kinds)("name %s that exist", (kind) => {
    expect([...named(kind)].filter((name) => !known[kind].has(name))).toEqual([]);
  });

  it("name every flag, property and probe of §3", () => {
    const flags = files.flatMap((file) =>
      Object.entries(file.flags).map(([name, { section }]) => [name, section] as const),
    );
    // A misprint concerns the source, and an extension of the RFC defines the body hash.
    const others = new Set(["Misprint", "BodyHashNotSigned"]);
    expect(unnamed("flags", flags).filter((name) => !others.has(name))).toEqual([]);
    expect(
      unnamed(
        "properties",
        properties.map(({ id, section }) => [id, section]),
      ),
    ).toEqual([]);
    expect(
      unnamed(
        "probes",
        probes.map(({ id, section }) => [id, section]),
      ),
    ).toEqual([]);
  });

  it("name a mutant in addition to the flags only if it has no flag", () => {
    const flagged = mutants.filter(({ flag }) => flag !== undefined).map(({ name }) => name);
    expect(flagged.filter((name) => named("mutants").has(name))).toEqual([]);
  });

  it("are in docs/coverage.md; to write it, run npx pnpm --filter @oauth1/mutants coverage", () => {
    const page = readFileSync(new URL("../../../docs/coverage.md", import.meta.url), "utf8");
    expect(page).toBe(coveragePage(sections, { files, mutants }));
    expect(page.match(/ \| None\. /g)?.length).toBe(untested.length);
  });
});
