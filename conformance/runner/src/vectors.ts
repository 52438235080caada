import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  chosenTopics,
  type Level,
  type Topic,
  type TopicInputs,
  type TopicResults,
} from "@oauth1/properties";
import { topicsKind } from "./argument-kinds.js";
import { checkArgument, optional } from "./check-options.js";

interface VectorCommon<T extends Topic> {
  /** Unique and stable: the topic, a slash, a name. */
  readonly id: string;
  readonly level: Level;
  readonly section: string;
  readonly source: string;
  readonly comment: string;
  /** The mistakes that a failure reveals, explained in the file. */
  readonly flags: readonly string[];
  readonly input: TopicInputs[T];
}

/** One outcome that is tolerated. */
export type Position<T extends Topic> =
  | { readonly expected: TopicResults[T]; readonly comment: string }
  | { readonly rejected: true; readonly comment: string };

/** A vector: what goes in, and what must come out. */
export type Vector<T extends Topic = Topic> = VectorCommon<T> &
  (
    | {
        readonly result: "valid";
        readonly expected: TopicResults[T];
        /** The value that the source prints, where it is a misprint. */
        readonly printed?: unknown;
        readonly finding?: string;
      }
    | {
        /** The implementation must reject. */
        readonly result: "invalid";
        readonly errorIndex?: number;
        /** Of a received request: the code of the Problem Reporting extension, for information. */
        readonly problem?: string;
      }
    | {
        /** Any of the positions will do. */
        readonly result: "acceptable";
        readonly positions: readonly Position<T>[];
      }
  );

/** The vectors of one topic. */
export interface VectorFile<T extends Topic = Topic> {
  /** Of the whole set, by Semantic Versioning. */
  readonly version: string;
  readonly topic: T;
  readonly section: string;
  readonly description: string;
  readonly flags: Readonly<
    Record<string, { readonly section: string; readonly description: string }>
  >;
  readonly vectors: readonly Vector<T>[];
}

/**
 * Reads the vectors of `@oauth1/vectors`.
 *
 * @param topics - Default: all.
 * @throws OptionError for an argument that is not a list of names, and RangeError if a name is not a topic.
 */
export function loadVectors(topics?: readonly string[]): VectorFile[] {
  checkArgument("loadVectors", "topics", topics, optional(topicsKind));
  const { resolve } = createRequire(import.meta.url);
  return chosenTopics(topics).map((topic) => {
    const file = resolve(`@oauth1/vectors/${topic}.json`);
    return JSON.parse(readFileSync(file, "utf8"));
  });
}

/** The version of the set of vectors, which every file carries. */
export function vectorSetVersion(): string {
  const [file] = loadVectors(["percent-encoding"]);
  if (file === undefined) throw new Error("no vectors");
  return file.version;
}
