import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadVectors } from "@oauth1/conformance";
import { properties } from "@oauth1/properties";
import { afterAll, describe, expect, it } from "vitest";
import { runBin } from "./run-bin.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-history-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A signer whose version and mistakes its arguments decide. */
function signer(version: string, code: string): string {
  const file = join(folder, `signer-${version}.mjs`);
  writeFileSync(
    file,
    `import { createInterface } from "node:readline";
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, command, text, octets } = JSON.parse(line);
      if (command === "stop") break;
      const commands = ["percent-encode"];
      const answer = command === "describe"
        ? { name: "example", version: ${JSON.stringify(version)}, language: "JavaScript", commands }
        : octets !== undefined ? { unsupported: "text only" } : (${code})(text);
      console.log(JSON.stringify({ id, ...answer }));
    }`,
  );
  return file;
}

const oldSigner = signer("1.0", "(text) => ({ result: encodeURIComponent(text) })");
const newSigner = signer(
  "2.0",
  `(text) => ({ result: encodeURIComponent(text).replace(/[!'()*]/g, (c) =>
    "%" + c.charCodeAt(0).toString(16).toUpperCase()).replaceAll("%20", "+") })`,
);
const results = join(folder, "results");

async function record(file: string): Promise<void> {
  const args = ["--seed", "1", "--cases", "20", "--results", results];
  await runBin(["run", ...args, "--", process.execPath, file]);
}

describe("recorded results", () => {
  it("are small files by library and version, which a repeated run does not touch", async () => {
    await record(oldSigner);
    await record(newSigner);
    expect(readdirSync(join(results, "example"))).toEqual(["1.0.json", "2.0.json"]);
    const file = join(results, "example", "1.0.json");
    const { levels, failures, notAsked } = JSON.parse(readFileSync(file, "utf8"));
    expect(levels.required.failed).toBe(failures.required.length);
    expect(failures.required).toContain("percent-encoding/reserved-asterisk");
    expect(notAsked).toContain("sign/");
    expect(statSync(file).size).toBeLessThan(10_000);
    const before = statSync(file).mtimeMs;
    await record(oldSigner);
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it("are compared: what fails now, what is fixed, what is the same", async () => {
    const [before, after] = ["1.0", "2.0"].map((name) => join(results, "example", `${name}.json`));
    const worse = await runBin(["diff", `${before}`, `${after}`]);
    expect(worse.code).toBe(1);
    expect(worse.stdout).toMatch(/^example 1\.0 and example 2\.0 \(vectors 1\.0\.0\): something/);
    expect(worse.stdout).toMatch(/ fail now, and passed before: .*percent-encoding\/space/);
    expect(worse.stdout).toMatch(/ pass now, and failed before: .*reserved-asterisk/);
    const better = await runBin(["diff", "--format", "json", `${after}`, `${after}`]);
    expect(better.code).toBe(0);
    const { levels, hasRegressed } = JSON.parse(better.stdout);
    expect([hasRegressed, levels.required.added, levels.required.fixed]).toEqual([false, [], []]);
    const markdown = await runBin(["diff", "--format", "markdown", `${before}`, `${after}`]);
    expect(markdown.stdout).toMatch(/^# example 1\.0 [^\n]+\n\n## required\n\n- \d+ fail now/);
  });

  it("tells a failure of something that was not asked before from a regression", async () => {
    const file = join(results, "example", "2.0.json");
    const other = join(folder, "unasked.json");
    const result = JSON.parse(readFileSync(file, "utf8"));
    const [failing] = result.failures.required;
    result.failures.required = result.failures.required.filter((id: string) => id !== failing);
    writeFileSync(other, JSON.stringify({ ...result, notAsked: [...result.notAsked, failing] }));
    const { code, stdout } = await runBin(["diff", other, file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`1 fail now, and were not asked before: ${failing}`);
  });

  it.each([
    ["no file", join(folder, "nothing.json"), "no such file"],
    ["no JSON", oldSigner, "no JSON"],
  ])("are rejected in one line: %s", async (_, file, complaint) => {
    const { code, stderr } = await runBin(["diff", file, file]);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
  });

  it("are rejected where they are not as the schema says", async () => {
    const file = join(folder, "wrong.json");
    cpSync(join(results, "example", "2.0.json"), file);
    writeFileSync(file, readFileSync(file, "utf8").replace('"seed": 1', '"seed": "one"'));
    const { code, stderr } = await runBin(["diff", file, file]);
    expect(code).toBe(2);
    expect(stderr).toContain("/seed must be integer");
  });
});

describe("requirements", () => {
  const path = fileURLToPath(new URL("../../vectors/requirements/1.0.json", import.meta.url));
  const frozen = JSON.parse(readFileSync(path, "utf8"));

  it("of 1.0 exist", () => {
    const ids = new Set(loadVectors().flatMap(({ vectors }) => vectors.map(({ id }) => id)));
    expect(frozen.vectors.filter((id: string) => !ids.has(id))).toEqual([]);
    const known = properties.map(({ id }) => id);
    expect(frozen.properties.filter((id: string) => !known.includes(id))).toEqual([]);
  });

  it("score nothing that is newer", async () => {
    const args = ["--seed", "1", "--cases", "5", "--requirements", "1.0", "--json"];
    const { stdout } = await runBin(["run", ...args, "--", process.execPath, oldSigner]);
    const { requirements, implementations } = JSON.parse(stdout);
    const all = loadVectors().flatMap(({ vectors }) => vectors);
    const newer = all.filter(({ id }) => !frozen.vectors.includes(id)).length;
    expect(requirements).toEqual({
      version: "1.0",
      notScored: newer + properties.filter(({ id }) => !frozen.properties.includes(id)).length,
    });
    expect(implementations[0].results).toHaveLength(
      frozen.vectors.length + frozen.properties.length,
    );
  });

  it("of an unknown version are rejected with the known ones", async () => {
    const args = ["run", "--requirements", "9.9", "--implementation", "oauth1"];
    const { code, stderr } = await runBin(args);
    expect([code, stderr]).toEqual([
      2,
      'oauth1-conformance: no requirements "9.9": there are 1.0\n',
    ]);
  });
});
