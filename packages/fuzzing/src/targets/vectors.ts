import {
  loadVectors,
  OptionError,
  oauth1Implementation,
  runVectors,
  type VectorFile,
} from "@oauth1/conformance";
import { type FuzzTarget, hold, holdEqual } from "../target.js";

const implementation = oauth1Implementation();
const [encoding] = loadVectors(["percent-encoding"]);
const [uris] = loadVectors(["base-string-uri"]);
if (encoding === undefined || uris === undefined) throw new Error("the vectors are missing");

/** A file of vectors as another program could have changed it: each vector has one verdict. */
export const target: FuzzTarget = {
  name: "vectors",
  modules:
    /runner\/dist\/(?:vectors|run-vectors|topic-steps|expectations|plain-data|rejection|shortened|check-options)\.js$/,
  seeds: [
    ...encoding.vectors
      .slice(0, 6)
      .map((vector) => JSON.stringify({ topic: "percent-encoding", vectors: [vector] })),
    ...uris.vectors
      .slice(0, 6)
      .map((vector) => JSON.stringify({ topic: "base-string-uri", vectors: [vector] })),
    '{"topic":"body-hash","vectors":[]}',
  ],
  tokens: [
    '"topic":',
    '"percent-encoding"',
    '"base-string-uri"',
    '"vectors":[',
    '"id":"a"',
    '"input":{',
    '"result":"valid"',
    '"invalid"',
    '"acceptable"',
    '"expected":',
    '"positions":[]',
    '"rejected":true',
    "null",
    "{}",
    "[]",
    "1",
  ],
  async check(input) {
    let file: VectorFile;
    try {
      file = JSON.parse(input);
    } catch {
      return;
    }
    try {
      const results = await runVectors(implementation, [file]);
      holdEqual(results.length, file.vectors.length, "each vector has one result");
      for (const { id, outcome } of results) {
        hold(typeof id === "string", "a result has the id of its vector");
        hold(
          ["passed", "failed", "error", "unsupported"].includes(outcome),
          "a result has an outcome",
          outcome,
        );
      }
    } catch (error) {
      hold(
        error instanceof OptionError,
        "a file that is not one of vectors is named",
        String(error),
      );
    }
  },
};
