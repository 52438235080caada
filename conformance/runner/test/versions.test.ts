import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  discoverCandidates,
  draftExpectations,
  hasFailed,
  type ImplementationReport,
  type Report,
  reportWriters,
  runCandidates,
} from "@oauth1/conformance";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordResults } from "../dist/history/recorded-result.js";
import { draftVersionExpectations } from "../dist/version-expectations.js";

const script = fileURLToPath(new URL("children/versioned.mjs", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "oauth1-versions-"));
  write("spaces/manifest.json", {
    name: "spaces",
    language: "JavaScript",
    homepage: "https://example.com/spaces",
    license: "MIT",
    kinds: ["signer"],
    command: [process.execPath, script],
    apt: [],
    notes: "Only encodes.",
  });
  write("spaces/versions.json", { tested: [second, first] });
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, data: unknown): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), JSON.stringify(data));
}

const second = { version: "2.0", released: "2020-02-20", source: "tag v2.0" };
const first = { version: "1.0", released: "2010-01", source: "tag v1.0", alias: "spaces-1" };
const debian = { release: "sid", name: "Debian unstable", packages: ["spaces"] };
const newer = {
  version: "4.0",
  released: "2024-04-04",
  source: "tag v4.0",
  command: "npm install spaces@4",
};

function run(): Promise<Report> {
  return runCandidates(discoverCandidates(folder), {
    seed: 7,
    cases: 60,
    topics: ["percent-encoding"],
  });
}

function reportOf(report: Report, name: string): ImplementationReport {
  const found = report.implementations.find((implementation) => implementation.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const words = { section: "RFC 5849 §3.6", fault: "library", cause: "It encodes as a form does." };

/**
 * Expectations of both versions: the failures of version 2.0, and a further failure of version
 * 1.0 with another cause.
 */
async function record(): Promise<void> {
  const report = await run();
  const { deviations } = draftExpectations(reportOf(report, "spaces"), undefined);
  const named = deviations.map((deviation) => ({ ...deviation, ...words, name: "Sloppy" }));
  write("spaces/expectations.json", { version: "2.0", deviations: named });
  const again = reportOf(await run(), "spaces@1.0");
  const own = draftVersionExpectations(again, { version: "1.0" });
  const added = own.deviations?.map((deviation) => ({
    ...deviation,
    ...words,
    name: "SpaceAsPlus",
  }));
  write("spaces/versions/1.0/expectations.json", { ...own, deviations: added });
}

describe("versions of a library", () => {
  it("run side by side, each with its date, and the newest one with the newer version", async () => {
    write("spaces/versions.json", { tested: [second, first], newer });
    const { implementations } = await run();
    expect(implementations).toMatchObject([
      { name: "spaces", library: "spaces", version: "2.0", released: "2020-02-20", newer },
      { name: "spaces@1.0", library: "spaces", version: "1.0", released: "2010-01" },
    ]);
    expect(implementations[1]).not.toHaveProperty("newer");
  });

  it("are recorded as versions of one library", async () => {
    recordResults(await run(), join(folder, "results"));
    expect(readdirSync(join(folder, "results"))).toEqual(["spaces"]);
    expect(readdirSync(join(folder, "results", "spaces"))).toEqual(["1.0.json", "2.0.json"]);
  });

  it("can have different failures, which are expected only of that version", async () => {
    expect(hasFailed(await run())).toBe(true);
    await record();
    const report = await run();
    expect(hasFailed(report)).toBe(false);
    const names = (name: string) =>
      new Set(reportOf(report, name).results.map(({ expectation }) => expectation?.deviation));
    expect([...names("spaces")]).not.toContain("SpaceAsPlus");
    expect([...names("spaces@1.0")]).toContain("SpaceAsPlus");
    expect([...names("spaces@1.0")]).toContain("Sloppy");
  });

  it("do not inherit a deviation that began later, or that they have fixed", async () => {
    const deviation = { ...words, name: "SpaceAsPlus", vectors: ["percent-encoding/space"] };
    const expected = (name: string) =>
      discoverCandidates(folder).find((candidate) => candidate.name === name)?.expectations
        ?.deviations.length;
    write("spaces/expectations.json", { version: "2.0", deviations: [deviation] });
    expect(expected("spaces@1.0")).toBe(1);
    const since = { version: "2.0", deviations: [{ ...deviation, since: "1.5" }] };
    write("spaces/expectations.json", since);
    expect(expected("spaces@1.0")).toBe(0);
    const fixed = { version: "2.0", deviations: [{ ...deviation, since: "0.9", fixed: "1.0" }] };
    write("spaces/expectations.json", fixed);
    expect(expected("spaces@1.0")).toBe(0);
  });

  it("must be those that the adapter loads, or they fail", async () => {
    write("spaces/versions.json", {
      tested: [second, { ...first, version: "3.0", alias: "spaces-3" }],
    });
    const report = await run();
    expect(reportOf(report, "spaces@3.0").givenUp).toBe(
      "the adapter loads version 3.1, and not 3.0",
    );
    expect(hasFailed(report)).toBe(true);
  });

  it("of another release of Debian are missing until they are unpacked", async () => {
    const { alias: _, ...old } = first;
    write("spaces/versions.json", {
      environment: { CONFORMANCE_LIBRARY: "{root}" },
      tested: [second, { ...old, debian }],
    });
    expect(reportOf(await run(), "spaces@1.0")).toMatchObject({
      status: "missing",
      missing: expect.stringContaining("install.mjs spaces"),
      packagedBy: "Debian unstable",
    });
  });

  it.each([
    ["a first version with an alias", { tested: [first] }, "is the one that the manifest installs"],
    ["a version twice", { tested: [second, first, first] }, "listed twice: 1.0"],
    [
      "a version that is not loaded in any way",
      { tested: [second, { ...second, version: "3.0" }] },
      '3.0 must have either "alias" or "debian"',
    ],
    [
      "Debian's without an environment",
      { tested: [second, { ...second, version: "3.0", debian }] },
      'needs "environment"',
    ],
    ["no date", { tested: [{ ...second, released: "soon" }] }, "/tested/0/released"],
  ])("are rejected with %s", (_, versions, complaint) => {
    write("spaces/versions.json", versions);
    expect(() => discoverCandidates(folder)).toThrow(complaint);
  });

  it.each([
    ["passes what nothing fails", { passing: ["percent-encoding/space"] }, "nothing fails"],
    [
      "has a new deviation without a cause",
      { deviations: [{ name: "New", vectors: ["percent-encoding/space"] }] },
      "New is new, and must have a cause",
    ],
    [
      "lists an unknown id",
      { deviations: [{ ...words, name: "New", vectors: ["percent-encoding/nothing"] }] },
      "unknown id in vectors",
    ],
  ])("are rejected if their own expectations.json %s", (_, own, complaint) => {
    write("spaces/versions/1.0/expectations.json", { version: "1.0", ...own });
    expect(() => discoverCandidates(folder)).toThrow(complaint);
  });
});

describe("the Markdown report", () => {
  it("has the versions next to each other, and names those that are out of date", async () => {
    write("spaces/versions.json", { tested: [second, first], newer });
    const markdown = reportWriters.get(".md")?.(await run()) ?? "";
    const rows = markdown.split("\n").filter((line) => line.startsWith("| [spaces]"));
    expect(rows[0]).toContain(
      "| 2.0 | 2020-02-20, **out of date**: 4.0 was released on 2024-04-04 | JavaScript |",
    );
    expect(rows[1]).toContain("| 1.0 | 2010-01 | JavaScript |");
    expect(markdown).toContain("- spaces 4.0 of 2024-04-04 (tag v4.0): `npm install spaces@4`");
  });

  it("does not report a version of the last two years as out of date", async () => {
    const released = new Date().toISOString().slice(0, 10);
    write("spaces/versions.json", { tested: [{ ...second, released }], newer });
    expect(reportWriters.get(".md")?.(await run())).not.toContain("out of date");
  });

  it("only names a cause that another version has too", async () => {
    await record();
    const markdown = reportWriters.get(".md")?.(await run()) ?? "";
    expect(markdown).toContain("## spaces@1.0");
    expect(markdown).toMatch(/^- As in spaces: `Sloppy` \(\d+\)$/m);
  });
});
