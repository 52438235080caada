import { isDeepStrictEqual } from "node:util";
import {
  hasGivenUp,
  type Implementation,
  ProtocolError,
  type Topic,
  type TopicResults,
  topics,
  Unsupported,
} from "@oauth1/properties";
import { implementationKind } from "./argument-kinds.js";
import { checkArgument, listOf, oneOf, openRecord, text } from "./check-options.js";
import { judge } from "./expectations.js";
import { explained } from "./explanation/explain-failure.js";
import { plainData } from "./plain-data.js";
import { rejectionOf } from "./rejection.js";
import type { Result } from "./report.js";
import { shortened } from "./shortened.js";
import { type TopicStep, topicSteps } from "./topic-steps.js";
import type { Vector, VectorFile } from "./vectors.js";

const fileKind = openRecord("a file of loadVectors()", {
  topic: oneOf(...topics),
  vectors: listOf(openRecord("a vector", { id: text })),
});

/**
 * Asks an implementation for every vector, one after the other.
 *
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type.
 */
export async function runVectors(
  implementation: Implementation,
  files: readonly VectorFile[],
): Promise<Result[]> {
  checkArgument("runVectors", "implementation", implementation, implementationKind);
  checkArgument("runVectors", "files", files, listOf(fileKind));
  const results: Result[] = [];
  for await (const result of vectorResults(implementation, files)) {
    results.push(judge(result, undefined));
  }
  return results;
}

/**
 * The same as they come.
 *
 * @throws ProtocolError where the implementation is given up.
 */
export async function* vectorResults(
  implementation: Implementation,
  files: readonly VectorFile[],
): AsyncGenerator<Omit<Result, "verdict">> {
  for (const file of files) {
    for (const vector of file.vectors) yield await runVector(implementation, file, vector);
  }
}

async function runVector<T extends Topic>(
  implementation: Implementation,
  { topic }: VectorFile<T>,
  vector: Vector<T>,
): Promise<Omit<Result, "verdict">> {
  const { id, level, section, comment, flags, input } = vector;
  const common = { kind: "vector", topic, id, level, section, comment, flags } as const;
  const step: TopicStep<T> = topicSteps[topic];

  let received: unknown;
  let rejection: { readonly rejected: string } | undefined;
  try {
    received = await step.ask(implementation, input);
  } catch (error) {
    if (error instanceof Unsupported) return { ...common, outcome: "unsupported" };
    if (hasGivenUp(error)) throw error;
    if (error instanceof ProtocolError) {
      return {
        ...common,
        outcome: "error",
        input,
        expected: plainData(
          oneOrAny(
            toleratedOutcomes(vector).map((outcome) =>
              "rejected" in outcome ? REJECTED : outcome.expected,
            ),
          ),
        ),
        received: shortened(`${error.code}: ${error.message}`),
      };
    }
    rejection = rejectionOf(error);
  }

  const judged = toleratedOutcomes(vector).map((outcome): Judged => {
    if ("rejected" in outcome) {
      return { passes: rejection !== undefined, right: REJECTED, received };
    }
    const { expected } = outcome;
    if (rejection !== undefined) return { passes: false, right: expected, received: rejection };
    const compared = step.compared?.(received, expected, { implementation, input });
    return {
      passes: compared
        ? isDeepStrictEqual(compared.received, compared.expected)
        : isDeepStrictEqual(received, expected),
      right: compared?.right ?? expected,
      received: compared?.received ?? received,
    };
  });
  if (judged.some(({ passes }) => passes)) return { ...common, outcome: "passed" };
  const rights = judged.map(({ right }) => right);
  // Of several positions the first is explained.
  const explainable = judged.find(({ right }) => right !== REJECTED);
  return {
    ...common,
    outcome: "failed",
    input,
    expected: plainData(oneOrAny(rights)),
    received: plainData(rejection ?? explainable?.received ?? received),
    ...(rejection === undefined && explainable !== undefined && explainable.received !== received
      ? { answer: plainData(received) }
      : {}),
    ...explained({
      topic,
      section,
      expected: explainable?.right,
      received: explainable?.received,
      asked:
        explainable === undefined || rejection !== undefined
          ? undefined
          : step.asked?.(input, received),
    }),
  };
}

/** A tolerated outcome beside what came. */
interface Judged {
  readonly passes: boolean;
  /** What is shown of it. */
  readonly right: unknown;
  /** What is compared of it. */
  readonly received: unknown;
}

/** What is expected where the input is invalid. */
const REJECTED = { rejected: true } as const;

function oneOrAny(rights: readonly unknown[]): unknown {
  return rights.length === 1 ? rights[0] : { anyOf: rights };
}

type Tolerated<T extends Topic> =
  | { readonly expected: TopicResults[T] }
  | { readonly rejected: true };

function toleratedOutcomes<T extends Topic>(vector: Vector<T>): readonly Tolerated<T>[] {
  switch (vector.result) {
    case "valid":
      return [{ expected: vector.expected }];
    case "invalid":
      return [{ rejected: true }];
    case "acceptable":
      return vector.positions;
  }
}
