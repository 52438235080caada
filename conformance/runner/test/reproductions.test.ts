import { type Candidate, discoverManifests } from "@oauth1/conformance";
import { describe, expect, it } from "vitest";
import { type Reproduction, reproduce, reproductionsOf } from "../dist/reproductions.js";
import { readVersionExpectations } from "../dist/version-expectations.js";
import { isReplacedAnyDay, readVersions, versionEnvironment } from "../dist/versions.js";
import { isUsual, testedCandidates } from "./tested-candidates.js";

/** An upper bound, because some reproductions are compiled first. */
const TIMEOUT = 120_000;

const manifests = new Map(discoverManifests().map((found) => [found.manifest.name, found]));

/** Why an implementation cannot be run here, or undefined if it can. */
async function missing(candidate: Candidate): Promise<string | undefined> {
  try {
    const implementation = await candidate.open({ timeout: 120_000 });
    await implementation.close?.();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function foundOf({ name, manifest }: Candidate) {
  const found = manifests.get(manifest?.name ?? "");
  if (found === undefined) throw new Error(`${name} has no manifest`);
  return found;
}

/** Returns true if the candidate can be run. If it must be, it is a failure if it cannot. */
async function isThere(candidate: Candidate): Promise<boolean> {
  const reason = await missing(candidate);
  const mayBeMissing = !process.env["CI"] || isReplacedAnyDay(candidate.tested);
  if (reason !== undefined && mayBeMissing) {
    console.warn(`NOT TESTED: ${candidate.name} is missing: ${reason}`);
    return false;
  }
  expect(reason).toBeUndefined();
  return true;
}

const candidates = testedCandidates().filter(({ expectations }) => expectations !== undefined);
const usual = candidates.filter(isUsual);
const others = candidates.filter((candidate) => !isUsual(candidate));

/**
 * Each deviation can be shown without the adapter. A small program calls the library and prints
 * what RFC 5849 requires and what the library returns.
 */
describe.each(usual)("$name", (candidate) => {
  const deviations = (candidate.expectations?.deviations ?? []).map(({ name }) => name);
  const found = foundOf(candidate);
  const reproductions = reproductionsOf(found);

  it("has exactly one reproduction of each deviation", () => {
    expect(reproductions.map(({ deviation }) => deviation).sort()).toEqual([...deviations].sort());
  });

  it.runIf(reproductions.length > 0)(
    "deviates in each reproduction",
    async () => {
      if (!(await isThere(candidate))) return;
      for (const reproduction of reproductions) {
        const { expected, received } = await reproduce(found, reproduction, { timeout: TIMEOUT });
        const { deviation } = reproduction;
        expect(received, `${deviation} does not show the deviation any more`).not.toBe(expected);
      }
    },
    10 * TIMEOUT,
  );
});

/**
 * The programs of the usual version also show the deviations of another version, if they load
 * the version that they are told.
 */
describe.each(others)("$name", (candidate) => {
  const { tested, expectations } = candidate;
  const version = tested?.version ?? "";
  const found = foundOf(candidate);
  const { folder } = found;
  const versions = readVersions(folder);
  const environment =
    versions === undefined || tested === undefined
      ? {}
      : versionEnvironment(folder, versions, tested);
  const own = reproductionsOf(found, version);
  const inherited = reproductionsOf(found).filter(
    ({ deviation }) => !own.some((reproduction) => reproduction.deviation === deviation),
  );
  const deviations = (expectations?.deviations ?? []).map(({ name }) => name);
  const shown: readonly Reproduction[] = [
    ...own,
    ...(tested?.debian === undefined ? [] : inherited),
  ].filter(({ deviation }) => deviations.includes(deviation));

  it("has a reproduction of each deviation of its own", () => {
    const added = (readVersionExpectations(folder, version)?.deviations ?? [])
      .filter((deviation) => "cause" in deviation)
      .map(({ name }) => name);
    expect(shown.map(({ deviation }) => deviation)).toEqual(expect.arrayContaining(added));
    expect(deviations).toEqual(expect.arrayContaining(own.map(({ deviation }) => deviation)));
  });

  it.runIf(shown.length > 0)(
    "deviates in each reproduction",
    async () => {
      if (!(await isThere(candidate))) return;
      for (const reproduction of shown) {
        const options = { timeout: TIMEOUT, environment };
        const { expected, received } = await reproduce(found, reproduction, options);
        const { deviation } = reproduction;
        expect(received, `${deviation} does not show the deviation in ${version}`).not.toBe(
          expected,
        );
      }
    },
    10 * TIMEOUT,
  );
});
