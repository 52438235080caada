import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type Implementation,
  loadVectors,
  oauth1Implementation,
  type Result,
  runVectors,
  topics,
  type Vector,
  vendoredEncoderImplementation,
} from "@oauth1/conformance";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

const files = loadVectors();

type NamedProblem = Vector<"request-verification"> & { readonly problem: string };

/** The vector as if its first position were the only one. */
function onlyFirst(vector: Vector) {
  if (vector.result !== "acceptable") return vector;
  const { positions, ...rest } = vector;
  const [first] = positions;
  return first !== undefined && "rejected" in first
    ? { ...rest, result: "invalid" }
    : { ...rest, result: "valid", expected: first?.expected };
}

function failures(results: readonly Result[]): readonly Result[] {
  return results.filter(({ outcome }) => outcome === "failed" || outcome === "error");
}

function count(results: readonly Result[], outcome: Result["outcome"]): number {
  return results.filter((result) => result.outcome === outcome).length;
}

describe("vectors", () => {
  const schema = new URL("../../vectors/schema/vectors.schema.json", import.meta.url);
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync(schema, "utf8")),
  );

  it.each(files)("of $topic match the schema", (file) => {
    validate(file);
    expect(validate.errors).toBeNull();
  });

  it("do not match the schema if they are malformed", () => {
    const [file] = loadVectors(["percent-encoding"]);
    const [vector] = file?.vectors ?? [];
    expect(validate(file)).toBe(true);
    expect(validate({ ...file, vectors: [{ ...vector, result: "perhaps" }] })).toBe(false);
    expect(validate({ ...file, vectors: [{ ...vector, input: { txt: "a" } }] })).toBe(false);
  });

  it("number at least 300, with a file for each topic and unique ids", () => {
    expect(files.map(({ topic }) => topic)).toEqual(topics);
    const ids = files.flatMap(({ vectors }) => vectors.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(300);
  });

  it("name a topic that does not exist", () => {
    expect(() => loadVectors(["percent-encodings"])).toThrow(/unknown topic "percent-encodings"/);
  });

  it("all pass for our packages", async () => {
    const results = await runVectors(oauth1Implementation(), files);
    expect(failures(results)).toEqual([]);
    expect(count(results, "passed")).toBe(files.flatMap(({ vectors }) => vectors).length);
  });

  it("list our answer first among several acceptable ones", async () => {
    const narrowed = files.map((file) => ({
      ...file,
      vectors: file.vectors.filter(({ result }) => result === "acceptable").map(onlyFirst),
    })) as typeof files;
    const results = await runVectors(oauth1Implementation(), narrowed);
    expect(failures(results)).toEqual([]);
    expect(count(results, "passed")).toBeGreaterThan(100);
  });

  it("name the same problem as our verifier", async () => {
    const { verify } = oauth1Implementation();
    const [file] = loadVectors(["request-verification"]);
    const named = (file?.vectors ?? []).filter((vector) => "problem" in vector);
    expect(named.length).toBeGreaterThan(100);
    for (const { id, input, problem } of named as readonly NamedProblem[]) {
      expect(await verify?.(input), id).toEqual({ valid: false, problem });
    }
  });

  it("about encoding pass for the encoder alone", async () => {
    const results = await runVectors(await vendoredEncoderImplementation(), files);
    expect(failures(results)).toEqual([]);
    const encoding = files.filter(({ topic }) => topic.startsWith("percent-"));
    expect(count(results, "passed")).toBe(encoding.flatMap(({ vectors }) => vectors).length);
  });

  it("that cannot be asked are unsupported, never passed", async () => {
    const nothing = { name: "nothing", version: "1", language: "none" };
    const results = await runVectors(nothing, files);
    expect(count(results, "unsupported")).toBe(results.length);
  });

  it("about finer steps are answered from a signature base string", async () => {
    const { signatureBaseString } = oauth1Implementation();
    const coarse = { name: "coarse", version: "1", language: "none", signatureBaseString };
    const chosen = loadVectors(["base-string-uri", "parameter-normalization"]);
    const results = await runVectors(coarse as Implementation, chosen);
    expect(failures(results)).toEqual([]);
    expect(count(results, "passed")).toBeGreaterThan(200);
  });

  it("agree with Python and oauthlib, without our code", ({ skip }) => {
    const check = fileURLToPath(new URL("../../vectors/check.py", import.meta.url));
    const hasOauthlib = spawnSync("/usr/bin/python3", ["-c", "import oauthlib"]).status === 0;
    if (!hasOauthlib && !process.env["CI"]) {
      console.warn("SKIPPED: conformance/vectors/check.py, since /usr/bin/python3 has no oauthlib");
      skip();
    }
    const { status, stdout, stderr } = spawnSync("/usr/bin/python3", [check], { encoding: "utf8" });
    expect(`${stdout}${stderr}`).toMatch(/^\d+ passed, 0 failed$/m);
    expect(status).toBe(0);
  });
});
