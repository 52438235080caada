import {
  type Candidate,
  discoverCandidates,
  formatReport,
  type ImplementationReport,
  isUnexpected,
  type Report,
  runCandidates,
} from "@oauth1/conformance";
import { beforeAll, describe, expect, it } from "vitest";

/** The seed that the expectations are recorded with, and the cases. */
const SEED = 5849;
const CASES = 200;

const candidates = discoverCandidates();

/**
 * The whole matrix, once. What is not installed here is skipped with a loud line, and fails on CI:
 * `node conformance/implementations/install.mjs` installs it.
 */
describe("real implementations", () => {
  let report: Report;
  beforeAll(async () => {
    report = await runCandidates(candidates, {
      seed: SEED,
      cases: CASES,
      jobs: 2,
      timeout: 30_000,
    });
  }, 600_000);

  function reportOf({ name }: Candidate): ImplementationReport {
    const found = report.implementations.find((implementation) => implementation.name === name);
    if (found === undefined) throw new Error(`${name} is not in the report`);
    return found;
  }

  it.each(candidates)("$name meets its expectations", (candidate) => {
    const implementation = reportOf(candidate);
    if (implementation.status === "missing" && !process.env["CI"]) {
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

  it("include 20 signers in 7 languages and 5 verifiers", () => {
    const manifests = candidates.flatMap(({ manifest }) => manifest ?? []);
    const signers = manifests.filter(({ kinds }) => kinds.includes("signer"));
    const verifiers = manifests.filter(({ kinds }) => kinds.includes("verifier"));
    expect(signers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(signers.map(({ language }) => language)).size).toBeGreaterThanOrEqual(7);
    expect(verifiers.length).toBeGreaterThanOrEqual(5);
  });
});
