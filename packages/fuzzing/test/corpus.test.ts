// Replays the kept inputs: each was kept because it executed something new, or broke an invariant.
import { spawnSync } from "node:child_process";
import { PercentEncodingError, percentDecodeOctets } from "@oauth1/percent-encoding";
import { describe, expect, it } from "vitest";
import { readCorpus } from "../src/corpus.js";
import { loadTarget, targetNames } from "../src/targets/index.js";

describe.each(targetNames)("%s", (name) => {
  it("holds for its seeds and for every kept input", async () => {
    const target = await loadTarget(name);
    const kept = readCorpus(name);
    expect(kept.length).toBeGreaterThan(0);
    for (const input of ["", ...target.seeds, ...kept]) await target.check(input);
  });
});

// Python's unquote_to_bytes keeps malformed escapes, so it is compared where there are none.
const PYTHON = `
import json, sys
from urllib.parse import unquote_to_bytes
print(json.dumps([unquote_to_bytes(text).hex() for text in json.load(sys.stdin)]))
`;

it("decodes every kept input to the octets that Python decodes", ({ skip }) => {
  const inputs = readCorpus("percent-decode");
  const decoded = inputs.flatMap((input) => {
    try {
      return [{ input, octets: Buffer.from(percentDecodeOctets(input)).toString("hex") }];
    } catch (error) {
      if (!(error instanceof PercentEncodingError)) throw error;
      return [];
    }
  });
  const { stdout, error } = spawnSync("python3", ["-c", PYTHON], {
    input: JSON.stringify(decoded.map(({ input }) => input)),
    encoding: "utf8",
  });
  if (error !== undefined) {
    if (process.env["CI"]) throw error;
    console.warn("skipped: python3 is not installed");
    return skip();
  }
  expect(decoded.length).toBeGreaterThan(5);
  expect(decoded.map(({ octets }) => octets)).toEqual(JSON.parse(stdout));
});
