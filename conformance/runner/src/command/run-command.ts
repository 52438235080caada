import { join } from "node:path";
import { printableJson } from "@oauth1/printable";
import type { Level } from "@oauth1/properties";
import { Command, Option } from "commander";
import type { Candidate } from "../candidate.js";
import type { ImplementationReport } from "../report.js";
import { UsageError } from "../usage-error.js";
import { append } from "./append.js";
import { parseCount, parseInteger, parseMilliseconds } from "./parse-number.js";
import { printedOutput } from "./printed.js";
import { progressLine } from "./progress-line.js";
import { writeReport, writeReportFolder } from "./write-report.js";

/** The additions of a program that mounts the command. */
export interface CommandOptions {
  /** Implementations in addition to those of this package. */
  readonly besides?: readonly Candidate[] | undefined;
  /** Returns true if standard output shows colours. */
  readonly isColoured?: (() => boolean) | undefined;
}

interface RunOptions {
  readonly implementation?: readonly string[];
  readonly topic?: readonly string[];
  readonly level?: readonly Level[];
  readonly seed?: number;
  readonly cases?: number;
  readonly timeout?: number;
  readonly jobs: number;
  readonly bail?: boolean;
  readonly requireAll?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly record?: boolean;
  readonly report?: readonly string[];
  readonly results?: string;
  readonly requirements?: string;
}

/** `run`: tests the implementations of this package, or any other, with vectors and properties. */
export function runCommand({ besides = [], isColoured }: CommandOptions = {}): Command {
  return new Command("run")
    .configureOutput(printedOutput)
    .description("run vectors and properties, and report unexpected results")
    .argument("[command...]", "after --: a command that speaks the conformance protocol")
    .option(
      "--implementation <name>",
      "only this implementation, such as oauth-1.0a or oauth-1.0a@1.0.1; repeatable (default: all)",
      append,
    )
    .option("-t, --topic <name>", "only this topic; repeatable", append)
    .addOption(
      new Option("--level <name>", "only this level; repeatable")
        .choices(["required", "robustness", "interoperability"])
        .argParser(append),
    )
    .option("--seed <number>", "seed of the random cases (default: a random one)", parseInteger)
    .option(
      "--cases <number>",
      "random cases for each property (default: 1000, or 100 for a command)",
      parseCount,
    )
    .option("--timeout <ms>", "milliseconds for one answer (default: 10000)", parseMilliseconds)
    .option("--jobs <number>", "number of implementations that run concurrently", parseCount, 2)
    .option("--bail", "stop at the first unexpected result")
    .option("--require-all", "treat an implementation that is not installed as a failure")
    .option("--verbose", "show every failure completely, not only one example for each mistake")
    .option("--json", "print the report as JSON")
    .option(
      "--report <file>",
      "write the report to a file; its ending is .html, .md, .xml (JUnit), .svg (a badge), .shields.json (a badge for shields.io) or .json; a name that ends in / is a folder, for an HTML page that loads its details; repeatable",
      append,
    )
    .option(
      "--results <folder>",
      "record the result of each implementation: <folder>/<name>/<version>.json",
    )
    .option(
      "--requirements <version>",
      "use the vectors and properties of this version of the set; newer ones are not scored",
    )
    .option("--record", "print a draft of expectations.json for the only implementation of the run")
    .addHelpText(
      "after",
      `
Examples:
  $ npx @oauth1/conformance run -- python3 my_signer.py --fast
  $ npx @oauth1/conformance run --implementation oauth1 --topic hmac-sha1 --cases 10000
  $ npx @oauth1/conformance run --require-all --report report.json

Exit codes: 0 if all results are as expected, 1 for an unexpected failure or pass, 2 for wrong usage`,
    )
    .action((command: readonly string[], options: RunOptions) =>
      run(command, options, besides, isColoured ?? hasColours),
    );
}

async function run(
  command: readonly string[],
  options: RunOptions,
  besides: readonly Candidate[],
  isColoured: () => boolean,
): Promise<void> {
  // The rest is loaded when it is needed, because programs that mount this command have other
  // commands.
  const { runCandidates, hasFailed, formatReport, topics } = await import("../index.js");
  const { badgeEndings, htmlFiles, reportEnding, reportWriters } = await import(
    "../reports/index.js"
  );

  const chosen = await candidates(command, options.implementation, besides);
  if (options.record && chosen.length !== 1) {
    throw new UsageError("--record goes with one implementation");
  }
  const unknownTopic = options.topic?.find((name) => !topics.some((topic) => topic === name));
  if (unknownTopic !== undefined) {
    throw new UsageError(`unknown topic "${unknownTopic}"; topics are ${topics.join(", ")}`);
  }
  const isFolder = (file: string) => file.endsWith("/");
  const folders = (options.report ?? []).filter(isFolder);
  const named = (options.report ?? []).filter((file) => !isFolder(file));
  const files = named.map((file) => {
    const ending = reportEnding(file);
    const write = ending && reportWriters.get(ending);
    if (!write) {
      const endings = [...reportWriters.keys()].join(", ");
      throw new UsageError(
        `--report ${file}: a file that ends in one of ${endings}, or a folder that ends in /`,
      );
    }
    if (badgeEndings.includes(ending) && chosen.length !== 1) {
      throw new UsageError(
        `--report ${file}: a badge is for one implementation; choose it with --implementation or a command`,
      );
    }
    return { file, write };
  });

  const progress = progressLine(process.stderr, chosen.length);
  const report = await runCandidates(chosen, {
    seed: options.seed,
    cases: options.cases,
    topics: options.topic,
    levels: options.level,
    requirements: options.requirements,
    timeout: options.timeout,
    jobs: options.jobs,
    bail: options.bail,
    onProgress: progress.show,
    onEnd: progress.end,
  }).finally(progress.clear);

  const { readHistory, recordResults } = await import("../history/recorded-result.js");
  if (options.results !== undefined) recordResults(report, options.results);
  const history = options.results === undefined ? undefined : readHistory(options.results);
  if (files.length + folders.length > 0) {
    const { discoverManifests } = await import("../manifest.js");
    const { reproductionsOf } = await import("../reproductions.js");
    const reproductions = new Map(
      discoverManifests().map((found) => [found.manifest.name, reproductionsOf(found)]),
    );
    for (const { file, write } of files)
      writeReport(file, write(report, { history, reproductions }));
    for (const folder of folders)
      writeReportFolder(folder, htmlFiles(report, { history, reproductions }));
  }
  if (options.record) {
    const [candidate] = chosen;
    const [found] = report.implementations;
    if (found === undefined || found.status === "missing") {
      throw new UsageError(`${candidate?.name} is not installed: ${found?.missing}`);
    }
    const draft = await draftOf(candidate, found);
    process.stdout.write(`${printableJson(draft, 2)}\n`);
    return;
  }
  const { requireAll } = options;
  process.stdout.write(
    options.json
      ? `${printableJson(report, 2)}\n`
      : formatReport(report, { color: isColoured(), requireAll, verbose: options.verbose }),
  );
  if (hasFailed(report, { requireAll })) process.exitCode = 1;
}

/** The `expectations.json` of a library, or that of another version of it. */
async function draftOf(
  candidate: Candidate | undefined,
  found: ImplementationReport,
): Promise<object> {
  const { IMPLEMENTATIONS } = await import("../manifest.js");
  const { draftExpectations } = await import("../expectations.js");
  const { draftVersionExpectations, readVersionExpectations } = await import(
    "../version-expectations.js"
  );
  const { isOtherVersion } = await import("../candidate.js");
  const { manifest, tested } = candidate ?? {};
  if (manifest === undefined || tested === undefined || !candidate || !isOtherVersion(candidate)) {
    return {
      $schema: "../../runner/schema/expectations.schema.json",
      ...draftExpectations(found, candidate?.expectations),
    };
  }
  const { version } = tested;
  const own = readVersionExpectations(join(IMPLEMENTATIONS, manifest.name), version);
  return {
    $schema: "../../../../runner/schema/version-expectations.schema.json",
    ...draftVersionExpectations(found, own ?? { version }),
  };
}

async function candidates(
  [command, ...args]: readonly string[],
  chosen: readonly string[] | undefined,
  besides: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const { commandCandidate, discoverCandidates, ownCandidates, ProtocolError } = await import(
    "../index.js"
  );
  if (command !== undefined) {
    if (chosen !== undefined) throw new UsageError("--implementation does not go with a command");
    const candidate = commandCandidate(command, command, args);
    const open: Candidate["open"] = async (options) => {
      try {
        return await candidate.open(options);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        throw new UsageError(
          `${command} does not speak the conformance protocol: ${error.message}`,
        );
      }
    };
    return [{ ...candidate, open }];
  }
  const all = [...ownCandidates, ...besides, ...discoverCandidates()];
  const unknown = chosen?.find((name) => !all.some((candidate) => candidate.name === name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name).join(", ");
    throw new UsageError(`no implementation "${unknown}": there are ${names}`);
  }
  return all.filter(({ name }) => chosen?.includes(name) ?? true);
}

function hasColours(): boolean {
  return process.stdout.isTTY === true && process.stdout.hasColors();
}
