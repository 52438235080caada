import { randomInt } from "node:crypto";
import {
  type Awaitable,
  levels as allLevels,
  hasGivenUp,
  type Implementation,
  type Level,
  type Property,
  ProtocolError,
} from "@oauth1/properties";
import { candidateKind, implementationKind, levelsKind, topicsKind } from "./argument-kinds.js";
import type { Candidate, OpenOptions } from "./candidate.js";
import {
  callback,
  checkArgument,
  count,
  filledText,
  flag,
  listOf,
  milliseconds,
  optional,
  record,
  wholeNumber,
} from "./check-options.js";
import { judge } from "./expectations.js";
import type { Kind } from "./manifest.js";
import { type ImplementationReport, isUnexpected, type Report, type Result } from "./report.js";
import { readRequirements } from "./requirements.js";
import { resultRoom } from "./result-room.js";
import { chosenProperties, propertyResults } from "./run-properties.js";
import { vectorResults } from "./run-vectors.js";
import { LONGEST_NAME, shortened } from "./shortened.js";
import { loadVectors, type VectorFile, vectorSetVersion } from "./vectors.js";

/** The options of a run of implementations. */
export interface RunOptions {
  /** Seed of the random cases, a 32-bit integer. Default: random. */
  readonly seed?: number | undefined;
  /** Random cases for each property: one number for all, or one for each. Default: 1,000. */
  readonly cases?: number | ((implementation: Implementation) => number) | undefined;
  /** Names of topics. Default: all. */
  readonly topics?: readonly string[] | undefined;
  /** Levels of vectors and properties. Default: all. */
  readonly levels?: readonly Level[] | undefined;
}

/** The options of a run of candidates. */
export interface CandidateRunOptions extends OpenOptions {
  /** Seed of the random cases, a 32-bit integer. Default: random. */
  readonly seed?: number | undefined;
  /** Random cases for each property. Default: the number of each candidate. */
  readonly cases?: number | undefined;
  /** Names of topics. Default: all. */
  readonly topics?: readonly string[] | undefined;
  /** Levels of vectors and properties. Default: all. */
  readonly levels?: readonly Level[] | undefined;
  /** The version of the requirements, such as `1.0`. Default: all vectors and properties. */
  readonly requirements?: string | undefined;
  /** The number of implementations that run concurrently. Default: 1. */
  readonly jobs?: number | undefined;
  /** True to end the run at the first unexpected result. */
  readonly bail?: boolean | undefined;
  /** Called for every result. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called with the name of every candidate that has ended. */
  readonly onEnd?: ((implementation: string) => void) | undefined;
}

/** The progress of one implementation's run. */
export interface Progress {
  /** The name of the candidate. */
  readonly implementation: string;
  /** Vectors and properties that are done. */
  readonly done: number;
  /** The number of all vectors and properties. */
  readonly total: number;
  /** The number of unexpected results so far. */
  readonly unexpected: number;
}

/**
 * Tests implementations with vectors and properties, one after the other.
 *
 * @param implementations - The implementations, which are not closed at the end.
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type, and
 * RangeError if one of the topics does not exist.
 */
export async function runConformance(
  implementations: readonly Implementation[],
  options: RunOptions = {},
): Promise<Report> {
  checkArgument("runConformance", "implementations", implementations, listOf(implementationKind));
  checkArgument("runConformance", "options", options, runKind);
  const { seed, cases = 1000, topics, levels } = options;
  const candidates = implementations.map(
    (implementation): Candidate => ({
      name: implementation.name,
      cases: typeof cases === "number" ? cases : cases(implementation),
      open: () => implementation,
    }),
  );
  return run(candidates, { seed, topics, levels }, () => {});
}

/**
 * Starts candidates, tests each with vectors and properties, compares the results with the
 * expectations, and closes them. A candidate that cannot be started is reported as missing.
 *
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type,
 * RangeError if one of the topics does not exist, and any error other than a ProtocolError that
 * a candidate throws when it is opened.
 */
export async function runCandidates(
  candidates: readonly Candidate[],
  options: CandidateRunOptions = {},
): Promise<Report> {
  checkArgument("runCandidates", "candidates", candidates, listOf(candidateKind));
  checkArgument("runCandidates", "options", options, candidateRunKind);
  return run(candidates, options, (implementation) => implementation.close?.());
}

const runKind = record({
  seed: optional(wholeNumber),
  cases: optional({
    mustBe: "a whole number of at least 1, or a function that gives one",
    isValid: (value) => count.isValid(value) || callback.isValid(value),
  }),
  topics: optional(topicsKind),
  levels: optional(levelsKind),
});

const candidateRunKind = record({
  seed: optional(wholeNumber),
  cases: optional(count),
  topics: optional(topicsKind),
  levels: optional(levelsKind),
  timeout: optional(milliseconds),
  requirements: optional(filledText),
  jobs: optional(count),
  bail: optional(flag),
  onProgress: optional(callback),
  onEnd: optional(callback),
});

type Close = (implementation: Implementation) => Awaitable<void>;

/** The data that all candidates of a run share. */
interface Run extends CandidateRunOptions {
  readonly files: readonly VectorFile[];
  readonly properties: readonly Property[];
  readonly seed: number;
  readonly total: number;
  /** The number of candidates. */
  readonly candidates: number;
  readonly close: Close;
  /** Aborted when the run must end. */
  readonly ending: AbortController;
}

async function run(
  candidates: readonly Candidate[],
  options: CandidateRunOptions,
  close: Close,
): Promise<Report> {
  const { seed = randomInt(2 ** 31), topics, levels = allLevels, jobs = 1 } = options;
  const requirements =
    options.requirements === undefined ? undefined : readRequirements(options.requirements);
  const chosen = loadVectors(topics).map((file) => ({
    ...file,
    vectors: file.vectors.filter(({ level }) => levels.includes(level)),
  }));
  const files = chosen.map((file) => ({
    ...file,
    vectors: file.vectors.filter(({ id }) => requirements?.vectors.includes(id) ?? true),
  }));
  const vectors = countOf(files);
  const properties = chosenProperties(topics, levels);
  const asked = properties.filter(({ id }) => requirements?.properties.includes(id) ?? true);
  const total = vectors + asked.length;
  const date = new Date().toISOString();
  const ending = new AbortController();
  const common: Run = {
    ...options,
    files,
    properties: asked,
    seed,
    total,
    candidates: candidates.length,
    close,
    ending,
  };

  const reports: (ImplementationReport | undefined)[] = candidates.map(() => undefined);
  const waiting = candidates.entries();
  const work = async (): Promise<void> => {
    for (const [index, candidate] of waiting) {
      if (ending.signal.aborted) return;
      reports[index] = await runCandidate(candidate, common);
      options.onEnd?.(candidate.name);
    }
  };
  // Each takes the next candidate from the same iterator.
  await Promise.all(Array.from({ length: jobs }, work));
  return {
    vectorSet: { version: vectorSetVersion(), vectors },
    ...(requirements === undefined
      ? {}
      : {
          requirements: {
            version: requirements.version,
            notScored: countOf(chosen) - vectors + properties.length - asked.length,
          },
        }),
    date,
    seed,
    implementations: reports.filter((report) => report !== undefined),
  };
}

function countOf(files: readonly VectorFile[]): number {
  return files.reduce((sum, file) => sum + file.vectors.length, 0);
}

async function runCandidate(candidate: Candidate, common: Run): Promise<ImplementationReport> {
  const start = performance.now();
  const { manifest, expectations, tested, newer } = candidate;
  const cases = common.cases ?? candidate.cases;
  const known = {
    name: candidate.name,
    version: null,
    language: manifest?.language ?? "",
    kinds: manifest?.kinds ?? [],
    ...(manifest === undefined
      ? {}
      : {
          library: manifest.name,
          ...packagedBy(tested?.debian?.name ?? manifest.packagedBy),
          homepage: manifest.homepage,
          license: manifest.license,
          notes: manifest.notes,
        }),
    ...(tested === undefined ? {} : { released: tested.released, dateSource: tested.source }),
    ...(newer === undefined ? {} : { newer }),
    cases,
  };
  const seconds = () => Math.round(performance.now() - start) / 1000;

  let implementation: Implementation;
  try {
    implementation = await candidate.open({ timeout: common.timeout });
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.code === "ERR_NOT_STARTED" || error.code === "ERR_CRASHED"
      ? { ...known, status: "missing", missing: reason(error), seconds: seconds(), results: [] }
      : {
          ...known,
          status: "ran",
          givenUp: shortened(error.message),
          seconds: seconds(),
          results: [],
        };
  }
  try {
    const { version } = implementation;
    const name = (text: string) => shortened(text, LONGEST_NAME);
    const ran = await runImplementation(implementation, candidate, { ...common, cases });
    return {
      ...known,
      name: manifest === undefined ? name(implementation.name) : candidate.name,
      version: name(version),
      ...(expectations === undefined || expectations.version === version
        ? {}
        : { expectedVersion: expectations.version }),
      language: manifest?.language ?? name(implementation.language),
      kinds: manifest?.kinds ?? kindsOf(implementation),
      status: "ran",
      seconds: seconds(),
      ...ran,
    };
  } finally {
    await common.close(implementation);
  }
}

function packagedBy(name: string | undefined): Pick<ImplementationReport, "packagedBy"> {
  return name === undefined ? {} : { packagedBy: name };
}

async function runImplementation(
  implementation: Implementation,
  { name, expectations }: Candidate,
  common: Run & { readonly cases: number },
): Promise<Pick<ImplementationReport, "results" | "givenUp">> {
  const { files, properties, seed, cases, total, candidates, bail, ending, onProgress } = common;
  const results: Result[] = [];
  const inRoom = resultRoom(candidates);
  let unexpected = 0;
  try {
    for await (const found of concatenated(
      vectorResults(implementation, files),
      propertyResults(implementation, properties, { seed, cases }),
    )) {
      const result = inRoom(judge(found, expectations));
      results.push(result);
      if (isUnexpected(result)) unexpected++;
      onProgress?.({ implementation: name, done: results.length, total, unexpected });
      if (bail && unexpected > 0) ending.abort();
      if (ending.signal.aborted) break;
    }
    return { results };
  } catch (error) {
    // The results so far are reported.
    if (hasGivenUp(error)) return { results, givenUp: shortened(error.message) };
    throw error;
  }
}

async function* concatenated<T>(...parts: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const part of parts) yield* part;
}

/** The description of an implementation without a manifest. */
function kindsOf(implementation: Implementation): Kind[] {
  const { sign, signature, signatureBaseString, verify } = implementation;
  return [
    ...(sign || signature || signatureBaseString ? (["signer"] as const) : []),
    ...(verify ? (["verifier"] as const) : []),
  ];
}

/** Why a process did not start. Its standard error is the most specific, shortened to one line. */
function reason({ message, complaint }: ProtocolError): string {
  const lines = complaint.split("\n").filter((line) => line.trim() !== "");
  const telling = /\b\w*(?:error|exception)\b|can(?:no|')t|not found|no such/i;
  // If a language prints the source line that threw, or a trace, the message is further below.
  const line = lines.find((text) => telling.test(text) && !/^\s*(?:throw|at)\b/.test(text));
  return shortened((line ?? lines[0] ?? message).trim());
}
