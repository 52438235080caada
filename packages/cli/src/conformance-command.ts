import { fileURLToPath } from "node:url";
import type { Implementation, Report } from "@oauth1/conformance";
import { Command, InvalidArgumentError } from "commander";
import { isColoured } from "./colours.js";
import { UsageError } from "./usage-error.js";

type Conformance = typeof import("@oauth1/conformance");

interface RunOptions {
  readonly implementation?: readonly string[];
  readonly seed?: number;
  readonly cases?: number;
  readonly topic?: readonly string[];
  readonly json?: boolean;
}

/** An implementation to run: in this process, or a child process, which is slower. */
interface Candidate {
  readonly name: string;
  readonly cases: number;
  readonly open: (conformance: Conformance) => Implementation | Promise<Implementation>;
}

const IN_PROCESS_CASES = 1000;
const CHILD_PROCESS_CASES = 100;

const ownCandidates: readonly Candidate[] = [
  {
    name: "oauth1",
    cases: IN_PROCESS_CASES,
    open: ({ oauth1Implementation }) => oauth1Implementation(),
  },
  {
    name: "vendored-encoder",
    cases: IN_PROCESS_CASES,
    open: ({ vendoredEncoderImplementation }) => vendoredEncoderImplementation(),
  },
  commandCandidate("signer", process.execPath, [
    fileURLToPath(new URL("../bin/oauth1.js", import.meta.url)),
    "signer",
  ]),
];

/** `oauth1 conformance run`: vectors and laws over our implementations, or over any other. */
export function conformanceCommand(): Command {
  const run = new Command("run")
    .description("run the vectors and the laws, and report what fails")
    .argument("[command...]", "after --: a command that speaks the conformance protocol")
    .option("--implementation <name>", `${names()}; again for more (default: all)`, append)
    .option("--seed <number>", "seed of the random cases (default: a random one)", parseInteger)
    .option(
      "--cases <number>",
      `random cases for each law (default: ${IN_PROCESS_CASES}, over a process ${CHILD_PROCESS_CASES})`,
      parseCount,
    )
    .option("-t, --topic <name>", "only this topic; again for more", append)
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ oauth1 conformance run
  $ oauth1 conformance run --topic hmac-sha1 --cases 10000
  $ oauth1 conformance run -- python3 my_signer.py --fast

Exit code 1: a vector or a law failed.`,
    )
    .action(runConformance);
  return new Command("conformance")
    .description("hold implementations against the vectors and laws of RFC 5849")
    .addCommand(run);
}

async function runConformance(command: readonly string[], options: RunOptions): Promise<void> {
  const chosen = candidates(command, options.implementation);
  const conformance = await import("@oauth1/conformance");
  const topics = options.topic?.map((name) => {
    const topic = conformance.topics.find((known) => known === name);
    if (topic !== undefined) return topic;
    throw new UsageError(`no topic "${name}": there are ${conformance.topics.join(", ")}`);
  });
  const cases = new Map<Implementation, number>();
  let report: Report;
  try {
    for (const candidate of chosen) {
      cases.set(await candidate.open(conformance), options.cases ?? candidate.cases);
    }
    report = await conformance.runConformance([...cases.keys()], {
      seed: options.seed,
      cases: (implementation) => cases.get(implementation) ?? IN_PROCESS_CASES,
      topics,
    });
  } finally {
    for (const implementation of cases.keys()) await implementation.close?.();
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : conformance.formatReport(report, { color: isColoured() }),
  );
  if (conformance.hasFailed(report)) process.exitCode = 1;
}

function candidates(
  [command, ...args]: readonly string[],
  chosen: readonly string[] | undefined,
): readonly Candidate[] {
  if (command !== undefined) {
    if (chosen !== undefined) throw new UsageError("--implementation does not go with a command");
    return [commandCandidate(command, command, args)];
  }
  const unknown = chosen?.find((name) => !ownCandidates.some((own) => own.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`no implementation "${unknown}": there are ${names()}`);
  }
  return ownCandidates.filter(({ name }) => chosen?.includes(name) ?? true);
}

function commandCandidate(name: string, command: string, args: readonly string[]): Candidate {
  return {
    name,
    cases: CHILD_PROCESS_CASES,
    open: async ({ commandImplementation, ProtocolError }) => {
      try {
        return await commandImplementation(command, [...args]);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        throw new UsageError(
          `${command} does not speak the conformance protocol: ${error.message}`,
        );
      }
    },
  };
}

function names(): string {
  return ownCandidates.map(({ name }) => name).join(", ");
}

function append(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function parseInteger(text: string): number {
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError("Not a whole number.");
  }
  return number;
}

function parseCount(text: string): number {
  const count = parseInteger(text);
  if (count < 1) throw new InvalidArgumentError("Not a positive number.");
  return count;
}
