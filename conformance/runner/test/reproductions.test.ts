import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, parse } from "node:path";
import { promisify } from "node:util";
import { type Candidate, discoverCandidates, discoverManifests } from "@oauth1/conformance";
import { describe, expect, it } from "vitest";

/** An upper bound: some reproductions are compiled first. */
const TIMEOUT = 120_000;

const folders = new Map(discoverManifests().map(({ folder, manifest }) => [manifest.name, folder]));

/** The programs of an implementation that show its deviations, by the name of the deviation. */
function reproductionsOf({ name }: Candidate): Map<string, string> {
  const folder = join(folders.get(name) ?? "", "reproductions");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(files.map((file) => [parse(file).name, join("reproductions", file)]));
}

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

/** What a reproduction prints, in the folder of its implementation. */
async function printed({ name, manifest }: Candidate, file: string): Promise<string> {
  const [program, ...args] = manifest?.reproduce ?? [];
  if (program === undefined) throw new Error(`${name}/manifest.json has no "reproduce"`);
  const cwd = folders.get(name);
  const { stdout } = await promisify(execFile)(program, [...args, file], { cwd, timeout: TIMEOUT });
  return stdout;
}

/**
 * Each deviation can be shown without the adapter: a small program calls the library and prints what
 * RFC 5849 demands and what the library gives.
 */
describe.each(discoverCandidates().filter(({ expectations }) => expectations !== undefined))(
  "$name",
  (candidate) => {
    const deviations = (candidate.expectations?.deviations ?? []).map(({ name }) => name);
    const reproductions = reproductionsOf(candidate);

    it("has one reproduction of each deviation, and no other", () => {
      expect([...reproductions.keys()].sort()).toEqual([...deviations].sort());
    });

    it.runIf(reproductions.size > 0)(
      "deviates in each reproduction",
      async () => {
        const reason = await missing(candidate);
        if (reason !== undefined && !process.env["CI"]) {
          console.warn(`NOT TESTED: ${candidate.name} is missing: ${reason}`);
          return;
        }
        expect(reason).toBeUndefined();
        for (const [name, file] of reproductions) {
          const lines = /^expected (.*)\nreceived (.*)\n$/.exec(await printed(candidate, file));
          expect(lines, `${name} must print "expected …" and "received …"`).not.toBeNull();
          expect(lines?.[2], `${name} does not show the deviation any more`).not.toBe(lines?.[1]);
        }
      },
      10 * TIMEOUT,
    );
  },
);
