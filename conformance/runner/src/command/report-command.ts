import { Command } from "commander";
import { UsageError } from "../usage-error.js";
import { parseInteger } from "./parse-number.js";
import { printedOutput } from "./printed.js";

interface ReportOptions {
  readonly all?: boolean;
  readonly seed: number;
}

/** `report`: writes an issue for the maintainers of a library. */
export function reportCommand(): Command {
  return new Command("report")
    .configureOutput(printedOutput)
    .description("write an issue for the maintainers of a library, as Markdown")
    .argument("<library>", "name of an implementation with expectations")
    .option("--all", "include deviations from what RFC 5849 does not require")
    .option("--seed <number>", "seed of the random cases", parseInteger, 5849)
    .addHelpText(
      "after",
      `
Example:
  $ npx @oauth1/conformance report oauth-1.0a > issue.md`,
    )
    .action(async (library: string, options: ReportOptions) => {
      process.stdout.write(await written(library, options));
    });
}

async function written(library: string, { all, seed }: ReportOptions): Promise<string> {
  const { discoverCandidates, isOtherVersion } = await import("../candidate.js");
  const { discoverManifests } = await import("../manifest.js");
  const { reproduce, reproductionsOf } = await import("../reproductions.js");
  const { upstreamReport } = await import("../reports/upstream-report.js");
  const { runCandidates } = await import("../run.js");

  const candidates = discoverCandidates().filter(
    (one) => one.expectations !== undefined && !isOtherVersion(one),
  );
  const candidate = candidates.find(({ name }) => name === library);
  const found = discoverManifests().find(({ manifest }) => manifest.name === library);
  if (candidate === undefined || found === undefined) {
    const names = candidates.map(({ name }) => name).join(", ");
    throw new UsageError(`no implementation "${library}" with expectations: there are ${names}`);
  }
  const report = await runCandidates([candidate], { seed });
  const [implementation] = report.implementations;
  if (implementation === undefined || implementation.status === "missing") {
    throw new UsageError(`${library} is not installed: ${implementation?.missing}`);
  }
  const reproductions = reproductionsOf(found);
  const shown = [];
  for (const deviation of candidate.expectations?.deviations ?? []) {
    const violates = implementation.results.some(
      ({ expectation, level, outcome }) =>
        expectation?.deviation === deviation.name && level === "required" && outcome !== "passed",
    );
    if (!violates && !all) continue;
    const program = reproductions.find(({ deviation: name }) => name === deviation.name);
    const reproduction =
      program === undefined ? undefined : { ...program, ...(await reproduce(found, program)) };
    shown.push({ deviation, reproduction });
  }
  return upstreamReport(implementation, report.vectorSet.version, shown);
}
