import {
  levels as allLevels,
  chosenTopics,
  hasGivenUp,
  hasStep,
  type Implementation,
  type Level,
  type Property,
  PropertyViolation,
  ProtocolError,
  properties,
} from "@oauth1/properties";
import fc from "fast-check";
import { implementationKind, levelsKind, topicsKind } from "./argument-kinds.js";
import { checkArgument, count, optional, record, wholeNumber } from "./check-options.js";
import { judge } from "./expectations.js";
import { explained } from "./explanation/explain-failure.js";
import { plainData } from "./plain-data.js";
import { rejectionOf } from "./rejection.js";
import type { Result } from "./report.js";
import { shortened } from "./shortened.js";

/** How the properties are tried. */
export interface PropertyOptions {
  readonly seed: number;
  /** Random cases for each property. */
  readonly cases: number;
  /** Default: all. */
  readonly topics?: readonly string[] | undefined;
  /** Default: all. */
  readonly levels?: readonly Level[] | undefined;
}

/**
 * Tries every property over an implementation, one after the other.
 *
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type.
 */
export async function runProperties(
  implementation: Implementation,
  options: PropertyOptions,
): Promise<Result[]> {
  checkArgument("runProperties", "implementation", implementation, implementationKind);
  checkArgument(
    "runProperties",
    "options",
    options,
    record({
      seed: wholeNumber,
      cases: count,
      topics: optional(topicsKind),
      levels: optional(levelsKind),
    }),
  );
  const results: Result[] = [];
  const chosen = chosenProperties(options.topics, options.levels);
  for await (const result of propertyResults(implementation, chosen, options)) {
    results.push(judge(result, undefined));
  }
  return results;
}

/**
 * The same as they come.
 *
 * @throws ProtocolError where the implementation is given up.
 */
export async function* propertyResults(
  implementation: Implementation,
  chosen: readonly Property[],
  options: Pick<PropertyOptions, "seed" | "cases">,
): AsyncGenerator<Omit<Result, "verdict">> {
  for (const property of chosen) yield await tryProperty(implementation, property, options);
}

/** The properties of these topics and levels, or all of them. */
export function chosenProperties(
  topics: readonly string[] | undefined,
  levels: readonly Level[] = allLevels,
): readonly Property[] {
  const chosen = chosenTopics(topics);
  return properties.filter(({ topic, level }) => chosen.includes(topic) && levels.includes(level));
}

async function tryProperty(
  implementation: Implementation,
  property: Property,
  { seed, cases }: Pick<PropertyOptions, "seed" | "cases">,
): Promise<Omit<Result, "verdict">> {
  const { id, topic, level, section, statement: comment } = property;
  const common = { kind: "property", topic, id, level, section, comment } as const;
  if (!property.needs.every((step) => hasStep(implementation, step))) {
    return { ...common, outcome: "unsupported" };
  }
  const details = await fc.check(property.over(implementation), {
    seed,
    numRuns: Math.ceil(cases * property.share),
    // Some libraries can be given one request in fifty: the outcome must not depend on the seed.
    maxSkipsPerRun: 30,
  });
  const { failed, counterexample, counterexamplePath, errorInstance, numRuns } = details;
  if (!failed) return { ...common, outcome: "passed", cases: numRuns };
  if (counterexample === null) {
    // Most of the cases, or all of them, cannot be done by the implementation.
    return numRuns === 0
      ? { ...common, outcome: "unsupported" }
      : { ...common, outcome: "passed", cases: numRuns };
  }
  if (hasGivenUp(errorInstance)) throw errorInstance;
  return {
    ...common,
    outcome: errorInstance instanceof ProtocolError ? "error" : "failed",
    cases: numRuns,
    // The properties have one argument.
    input: plainData((counterexample as [unknown])[0]),
    ...found(property, errorInstance),
    seed,
    ...(counterexamplePath === null ? {} : { path: counterexamplePath }),
  };
}

function found(
  { topic, section }: Property,
  error: unknown,
): Pick<Result, "expected" | "received" | "explanation"> {
  if (error instanceof ProtocolError) {
    return { received: shortened(`${error.code}: ${error.message}`) };
  }
  if (!(error instanceof PropertyViolation)) {
    const received = rejectionOf(error);
    return {
      received: plainData(received),
      ...explained({ topic, section, expected: undefined, received }),
    };
  }
  const { expected, received, asked } = error;
  return {
    expected: plainData(expected),
    received: plainData(received),
    ...explained({ topic, section, expected, received, asked }),
  };
}
