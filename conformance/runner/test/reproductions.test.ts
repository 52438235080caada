import { type Candidate, discoverCandidates, discoverManifests } from "@oauth1/conformance";
import { describe, expect, it } from "vitest";
import { reproduce, reproductionsOf } from "../dist/reproductions.js";

/** An upper bound: some reproductions are compiled first. */
const TIMEOUT = 120_000;

const manifests = new Map(discoverManifests().map((found) => [found.manifest.name, found]));

/** Why an implementation cannot be run here, or undefined if it can. */
async function missing(candidate: Candidate): Promise<string | undefined> {
  try {
    const implementation = await candidate.open({ timeout: 30_000 });
    await implementation.close?.();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Each deviation can be shown without the adapter: a small program calls the library and prints what
 * RFC 5849 demands and what the library gives.
 */
describe.each(discoverCandidates().filter(({ expectations }) => expectations !== undefined))(
  "$name",
  (candidate) => {
    const deviations = (candidate.expectations?.deviations ?? []).map(({ name }) => name);
    const found = manifests.get(candidate.name);
    if (found === undefined) throw new Error(`${candidate.name} has no manifest`);
    const reproductions = reproductionsOf(found);

    it("has one reproduction of each deviation, and no other", () => {
      expect(reproductions.map(({ deviation }) => deviation).sort()).toEqual(
        [...deviations].sort(),
      );
    });

    it.runIf(reproductions.length > 0)(
      "deviates in each reproduction",
      async () => {
        const reason = await missing(candidate);
        if (reason !== undefined && !process.env["CI"]) {
          console.warn(`NOT TESTED: ${candidate.name} is missing: ${reason}`);
          return;
        }
        expect(reason).toBeUndefined();
        for (const reproduction of reproductions) {
          const { expected, received } = await reproduce(found, reproduction, { timeout: TIMEOUT });
          const { deviation } = reproduction;
          expect(received, `${deviation} does not show the deviation any more`).not.toBe(expected);
        }
      },
      10 * TIMEOUT,
    );
  },
);
