import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  discoverCandidates,
  draftExpectations,
  type Expectations,
  formatReport,
  hasFailed,
  type Manifest,
  type Report,
  runCandidates,
  UsageError,
} from "@oauth1/conformance";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("children/spaces-as-plus.mjs", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "oauth1-implementations-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const manifest: Manifest = {
  name: "spaces",
  language: "JavaScript",
  homepage: "https://example.com/spaces",
  license: "MIT",
  kinds: ["signer"],
  command: [process.execPath, script],
  apt: [],
  notes: "Only encodes.",
};

function add(changed: Partial<Manifest> = {}, expectations?: unknown): void {
  const its = join(folder, changed.name ?? manifest.name);
  mkdirSync(its, { recursive: true });
  writeFileSync(join(its, "manifest.json"), JSON.stringify({ ...manifest, ...changed }));
  if (expectations !== undefined) {
    writeFileSync(join(its, "expectations.json"), JSON.stringify(expectations));
  }
}

function run(): Promise<Report> {
  return runCandidates(discoverCandidates(folder), {
    seed: 7,
    cases: 60,
    topics: ["percent-encoding"],
  });
}

async function draft(): Promise<Expectations> {
  const [found] = (await run()).implementations;
  if (found === undefined) throw new Error("nothing ran");
  return draftExpectations(found, undefined);
}

/** The draft with a cause, as a maintainer completes it. */
async function recorded(): Promise<Expectations> {
  const { version, deviations } = await draft();
  const words = {
    name: "SpaceAsPlus",
    section: "RFC 5849 §3.6",
    cause: "By application/x-www-form-urlencoded.",
  };
  return { version, deviations: deviations.map((deviation) => ({ ...deviation, ...words })) };
}

const verdicts = (report: Report) =>
  new Set(report.implementations.flatMap(({ results }) => results.map(({ verdict }) => verdict)));

describe("expectations", () => {
  it("are drafted from failures, and rejected until every entry has a cause", async () => {
    add();
    const expectations = await draft();
    expect(expectations).toMatchObject({ version: "1.5", deviations: [{ name: "", cause: "" }] });
    const [{ vectors, properties } = {}] = expectations.deviations;
    expect(vectors).toContain("percent-encoding/space");
    expect(properties).toContain("percent-encoding/text-by-table");
    add({}, expectations);
    expect(() => discoverCandidates(folder)).toThrow(/expectations\.json: \/deviations\/0\/name/);
  });

  it("accept a listed failure, and the run passes", async () => {
    add();
    add({}, await recorded());
    const report = await run();
    expect(hasFailed(report), formatReport(report)).toBe(false);
    expect(verdicts(report)).toEqual(new Set(["passed", "expected-failure", "unsupported"]));
    const space = report.implementations[0]?.results.find(
      ({ id }) => id === "percent-encoding/space",
    );
    expect(space).toMatchObject({
      outcome: "failed",
      verdict: "expected-failure",
      expectation: {
        deviation: "SpaceAsPlus",
        fault: "library",
        cause: expect.stringContaining("form"),
      },
    });
    expect(report.implementations[0]).toMatchObject({
      name: "spaces",
      version: "1.5",
      kinds: ["signer"],
      homepage: "https://example.com/spaces",
      status: "ran",
    });
    expect(formatReport(report)).toMatch(/^Nothing failed\. \d+ failed as expected\. Seed 7\.$/m);
  });

  it("report an unlisted failure, and a listed failure that passes, as unexpected", async () => {
    add();
    const { version, deviations } = await recorded();
    const [deviation] = deviations;
    const without = deviation?.vectors?.filter((id) => id !== "percent-encoding/space") ?? [];
    const changed = [{ ...deviation, vectors: [...without, "percent-encoding/all-unreserved"] }];
    add({}, { version, deviations: changed });
    const report = await run();
    expect(hasFailed(report)).toBe(true);
    const unexpected = report.implementations[0]?.results.filter(({ verdict }) =>
      ["failed", "unexpected-pass"].includes(verdict),
    );
    expect(unexpected?.map(({ id, verdict }) => [id, verdict]).sort()).toEqual([
      ["percent-encoding/all-unreserved", "unexpected-pass"],
      ["percent-encoding/space", "failed"],
    ]);
    const text = formatReport(report);
    expect(text).toMatch(
      /^unexpected pass percent-encoding\/all-unreserved spaces, vector, §3\.6$/m,
    );
    expect(text).toMatch(/^1 failed, 1 passed unexpectedly\. \d+ failed as expected\./m);
    // A new draft removes the listed failure and adds the unlisted one.
    const [found] = report.implementations;
    const known = changed as Expectations["deviations"];
    const renewed = found && draftExpectations(found, { version, deviations: known });
    expect(renewed?.deviations[0]?.vectors).toEqual(without);
    expect(renewed?.deviations[1]).toMatchObject({ name: "", vectors: ["percent-encoding/space"] });
  });

  it("allow a property under `sometimes` to pass or fail", async () => {
    add();
    const { version, deviations } = await recorded();
    const sometimes = deviations.map(({ properties = [], ...rest }) => ({
      ...rest,
      sometimes: [...properties, "sign/by-parts"],
    }));
    add({}, { version, deviations: sometimes });
    const report = await run();
    expect(hasFailed(report), formatReport(report)).toBe(false);
    expect(verdicts(report)).toContain("expected-failure");
  });

  it("report a version other than the recorded one, which is not a failure", async () => {
    add();
    add({}, { ...(await recorded()), version: "1.4" });
    const report = await run();
    expect(report.implementations[0]?.expectedVersion).toBe("1.4");
    expect(hasFailed(report)).toBe(false);
    expect(formatReport(report)).toContain(
      "spaces is version 1.5: its expectations are for version 1.4",
    );
  });

  it("must not list an id that does not exist, or an id twice", async () => {
    const deviation = { name: "A", section: "§3.6", fault: "library", cause: "c" };
    const listed = (lists: object) => ({ version: "1", deviations: [{ ...deviation, ...lists }] });
    const cases: [object, RegExp][] = [
      [
        listed({ vectors: ["percent-encoding/no-such"] }),
        /unknown id in vectors: percent-encoding\/no-such/,
      ],
      [
        listed({ properties: ["percent-encoding/space"] }),
        /unknown id in properties: percent-encoding\/space/,
      ],
      [
        listed({ properties: ["sign/by-parts"], sometimes: ["sign/by-parts"] }),
        /twice: sign\/by-parts/,
      ],
      [listed({}), /must have required property/],
    ];
    for (const [expectations, message] of cases) {
      add({}, expectations);
      expect(() => discoverCandidates(folder)).toThrow(UsageError);
      expect(() => discoverCandidates(folder)).toThrow(message);
    }
  });
});

describe("manifests", () => {
  it("are read in the order of their names, and folders without one are skipped", () => {
    mkdirSync(join(folder, "a-folder"));
    add({ name: "b" });
    add({ name: "a" });
    expect(discoverCandidates(folder).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("are rejected if they do not match the schema or are in another folder", () => {
    add({ kinds: [] });
    expect(() => discoverCandidates(folder)).toThrow(/manifest\.json: \/kinds must NOT have fewer/);
    add();
    writeFileSync(join(folder, "spaces", "manifest.json"), "{");
    expect(() => discoverCandidates(folder)).toThrow(/manifest\.json: not JSON/);
    writeFileSync(
      join(folder, "spaces", "manifest.json"),
      JSON.stringify({ ...manifest, name: "x" }),
    );
    expect(() => discoverCandidates(folder)).toThrow(/the name is x, the folder spaces/);
  });

  it("mark an implementation that is not installed as missing, and as a failure only with --require-all", async () => {
    const says = (text: string): Manifest["command"] => [
      process.execPath,
      "-e",
      `process.stderr.write(${JSON.stringify(text)}); process.exit(1)`,
    ];
    add({ name: "a", command: ["./build/adapter"] });
    add({
      name: "b",
      command: says(
        "Traceback (most recent call last):\n  File \"adapter.py\", line 1\nModuleNotFoundError: No module named 'oauthlib'\n",
      ),
    });
    add({ name: "c", command: says("out of ink\nand paper\n") });
    const report = await run();
    expect(report.implementations).toMatchObject([
      { name: "a", status: "missing", version: null, language: "JavaScript", results: [] },
      { name: "b", status: "missing", missing: "ModuleNotFoundError: No module named 'oauthlib'" },
      { name: "c", status: "missing", missing: "out of ink" },
    ]);
    expect(report.implementations[0]?.missing).toMatch(/cannot start .*build\/adapter/);
    expect([hasFailed(report), hasFailed(report, { requireAll: true })]).toEqual([false, true]);
    expect(formatReport(report)).toContain("c is missing: out of ink");
    expect(formatReport(report, { requireAll: true })).toMatch(/^3 missing\. Seed 7\.$/m);
  });

  it("report a program that starts but does not describe itself as a failure", async () => {
    add({ command: [process.execPath, "-e", "console.log('hello')"] });
    const report = await run();
    expect(report.implementations[0]).toMatchObject({ status: "ran", version: null, results: [] });
    expect(report.implementations[0]?.givenUp).toContain("hello");
    expect(hasFailed(report)).toBe(true);
    expect(formatReport(report)).toMatch(/^1 given up\. Seed 7\.$/m);
  });

  it("run the program in the folder of the manifest", async () => {
    add({ command: [process.execPath, "adapter.mjs"] });
    writeFileSync(join(folder, "spaces", "adapter.mjs"), `import ${JSON.stringify(script)};`);
    const report = await run();
    expect(report.implementations[0]).toMatchObject({ status: "ran", version: "1.5" });
  });
});
