import { randomInt } from "node:crypto";
import type { Implementation } from "./implementation.js";
import type { ImplementationReport, Report } from "./report.js";
import { runProperties } from "./run-properties.js";
import { runVectors } from "./run-vectors.js";
import { loadVectors } from "./vectors.js";

/** What is run. */
export interface RunOptions {
  /** Seed of the random cases, a 32-bit integer. A random one where left out. */
  readonly seed?: number | undefined;
  /** Random cases for each law, the same for all or for each its own. 1,000 where left out. */
  readonly cases?: number | ((implementation: Implementation) => number) | undefined;
  /** Names of topics. All of them where left out. */
  readonly topics?: readonly string[] | undefined;
}

/**
 * Runs vectors and laws over implementations, one after the other.
 *
 * @param implementations - They are not closed at the end.
 * @throws RangeError where one of the topics does not exist.
 */
export async function runConformance(
  implementations: readonly Implementation[],
  { seed = randomInt(2 ** 31), cases = 1000, topics }: RunOptions = {},
): Promise<Report> {
  const files = loadVectors(topics);
  const reports: ImplementationReport[] = [];
  for (const implementation of implementations) {
    const { name, version, language } = implementation;
    const itsCases = typeof cases === "number" ? cases : cases(implementation);
    const results = [
      ...(await runVectors(implementation, files)),
      ...(await runProperties(implementation, { seed, cases: itsCases, topics })),
    ];
    reports.push({ name, version, language, cases: itsCases, results });
  }
  return { seed, implementations: reports };
}
