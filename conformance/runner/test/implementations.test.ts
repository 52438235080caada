import {
  type Candidate,
  discoverManifests,
  formatReport,
  type ImplementationReport,
  isUnexpected,
  type Report,
  readExpectations,
  runCandidates,
} from "@oauth1/conformance";
import { beforeAll, describe, expect, it } from "vitest";
import { isReplacedAnyDay, readVersions } from "../dist/versions.js";
import { testedCandidates } from "./tested-candidates.js";

/** The seed with which the expectations were recorded. */
const SEED = 5849;

/** They were recorded with 200 cases. Half of them find the same deviations. */
const CASES = process.env["OAUTH1_DEEP"] === "1" ? 200 : 100;

const candidates = testedCandidates();

/**
 * The matrix, once. What is not installed is skipped with a warning, and fails on CI:
 * `node conformance/implementations/install.mjs` installs it. Debian's unstable release can
 * replace its packages: `install.mjs --latest` tries the successor.
 */
describe("real implementations", () => {
  let report: Report;
  beforeAll(async () => {
    report = await runCandidates(candidates, {
      seed: SEED,
      cases: CASES,
      jobs: 2,
      timeout: 120_000,
    });
  }, 1_200_000);

  function reportOf({ name }: Candidate): ImplementationReport {
    const found = report.implementations.find((implementation) => implementation.name === name);
    if (found === undefined) throw new Error(`${name} is not in the report`);
    return found;
  }

  it.each(candidates)("$name meets its expectations", (candidate) => {
    const implementation = reportOf(candidate);
    const mayBeMissing = !process.env["CI"] || isReplacedAnyDay(candidate.tested);
    if (implementation.status === "missing" && mayBeMissing) {
      console.warn(`NOT TESTED: ${candidate.name} is missing: ${implementation.missing}`);
      return;
    }
    expect(implementation).toMatchObject({ status: "ran" });
    const unexpected = implementation.results.filter(isUnexpected).map(({ id }) => id);
    const shown = formatReport({ ...report, implementations: [implementation] });
    expect(unexpected, shown).toEqual([]);
  });

  it.each(candidates)("$name is asked something that it supports", (candidate) => {
    const implementation = reportOf(candidate);
    if (implementation.status === "missing") return;
    expect(implementation.results.some(({ outcome }) => outcome === "passed")).toBe(true);
    expect(implementation.version).toMatch(/\d/);
  });

  it.each(discoverManifests())("$manifest.name has the dates of its versions", ({ folder }) => {
    const [installed] = readVersions(folder)?.tested ?? [];
    expect(installed).toBeDefined();
    const recorded = readExpectations(folder)?.version ?? installed?.version;
    expect(recorded).toBe(installed?.version);
  });

  it("include two versions of at least 15 libraries", () => {
    const several = discoverManifests().filter(
      ({ folder }) => (readVersions(folder)?.tested ?? []).length > 1,
    );
    expect(several.length).toBeGreaterThanOrEqual(15);
  });

  it("include 20 signers in 9 languages and 5 verifiers", () => {
    const manifests = discoverManifests().map(({ manifest }) => manifest);
    const signers = manifests.filter(({ kinds }) => kinds.includes("signer"));
    const verifiers = manifests.filter(({ kinds }) => kinds.includes("verifier"));
    expect(signers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(signers.map(({ language }) => language)).size).toBeGreaterThanOrEqual(9);
    expect(verifiers.length).toBeGreaterThanOrEqual(5);
  });
});
