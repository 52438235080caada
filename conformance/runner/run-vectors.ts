import { isDeepStrictEqual } from "node:util";
import { judge } from "./expectations.js";
import { type Implementation, Unsupported } from "./implementation.js";
import { plainData } from "./plain-data.js";
import { ProtocolError } from "./protocol-error.js";
import type { Result } from "./report.js";
import { type TopicStep, topicSteps } from "./topic-steps.js";
import type { Topic, TopicResults } from "./topics.js";
import type { Vector, VectorFile } from "./vectors.js";

/** Asks an implementation for every vector, one after the other. */
export async function runVectors(
  implementation: Implementation,
  files: readonly VectorFile[],
): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of vectorResults(implementation, files)) {
    results.push(judge(result, undefined));
  }
  return results;
}

/** The same as they come. */
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
  const { id, section, comment, flags, input } = vector;
  const common = { kind: "vector", topic, id, section, comment, flags } as const;
  const step: TopicStep<T> = topicSteps[topic];

  const isExpected = (received: unknown, expected: TopicResults[T]) => {
    const compared = step.compared?.(received, expected, { implementation, input });
    return isDeepStrictEqual(compared?.received ?? received, compared?.expected ?? expected);
  };
  let received: unknown;
  let refusal: { readonly refused: string } | undefined;
  try {
    received = await step.ask(implementation, input);
  } catch (error) {
    if (error instanceof Unsupported) return { ...common, outcome: "unsupported" };
    if (error instanceof ProtocolError) {
      return { ...common, outcome: "error", input, received: `${error.code}: ${error.message}` };
    }
    refusal = { refused: error instanceof Error ? error.message : String(error) };
  }

  const tolerated = toleratedOutcomes(vector);
  const hasPassed = tolerated.some((outcome) =>
    "refused" in outcome
      ? refusal !== undefined
      : refusal === undefined && isExpected(received, outcome.expected),
  );
  if (hasPassed) return { ...common, outcome: "passed" };
  const expected = tolerated.map((outcome) =>
    "refused" in outcome ? { refused: true } : outcome.expected,
  );
  return {
    ...common,
    outcome: "failed",
    input,
    expected: expected.length === 1 ? expected[0] : { anyOf: expected },
    received: plainData(refusal ?? received),
  };
}

type Tolerated<T extends Topic> =
  | { readonly expected: TopicResults[T] }
  | { readonly refused: true };

function toleratedOutcomes<T extends Topic>(vector: Vector<T>): readonly Tolerated<T>[] {
  switch (vector.result) {
    case "valid":
      return [{ expected: vector.expected }];
    case "invalid":
      return [{ refused: true }];
    case "acceptable":
      return vector.positions;
  }
}
