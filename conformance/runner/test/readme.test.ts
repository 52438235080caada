import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  commandImplementation,
  discoverCandidates,
  formatReport,
  hasFailed,
  oauth1Implementation,
  runCandidates,
  runConformance,
} from "@oauth1/conformance";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(readme)?.[1] ?? "";

it("the README shows messages that match the schema and our own answers", async () => {
  const schema = new URL("../schema/protocol.schema.json", import.meta.url);
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
  const messages = block("json")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  for (const message of messages) expect(validate(message), JSON.stringify(message)).toBe(true);
  expect(messages).toHaveLength(15);

  const ours = oauth1Implementation();
  const [, , encode, encoded, base, baseString, hmac, signature, sign, signed, ...rest] = messages;
  const [received, verdict, puzzling, diagnosis] = rest;
  expect(await ours.percentEncode?.(encode.text)).toBe(encoded.result);
  expect(await ours.signatureBaseString?.(base)).toBe(baseString.result);
  expect(await ours.signature?.(hmac)).toBe(signature.result);
  expect(await ours.sign?.(sign)).toMatchObject({ signature: signed.signature });
  expect(await ours.verify?.(received)).toEqual({
    valid: verdict.valid,
    problem: verdict.problem,
  });
  const { id: _, ...explained } = diagnosis;
  expect(await ours.diagnose?.(puzzling)).toEqual(explained);
});

it("the README contains a signer that passes the steps that it implements", async ({ skip }) => {
  // Its match statement requires Python 3.10.
  const old = "import sys; sys.exit(sys.version_info < (3, 10))";
  if (spawnSync("python3", ["-c", old]).status !== 0 && !process.env["CI"]) {
    console.warn("SKIPPED: the README's signer, since there is no python3 of 3.10 or later");
    skip();
  }
  const folder = mkdtempSync(join(tmpdir(), "oauth1-readme-"));
  try {
    const file = join(folder, "my_signer.py");
    writeFileSync(file, block("python"));
    const signer = await commandImplementation("python3", [file]);
    const report = await runConformance([signer], { seed: 7, cases: 50 });
    await signer.close?.();
    expect(hasFailed(report), formatReport(report)).toBe(false);
    const passed = report.implementations[0]?.results.filter(({ outcome }) => outcome === "passed");
    expect(new Set(passed?.map(({ topic }) => topic))).toEqual(
      new Set(["percent-encoding", "hmac-sha1"]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("the README contains an implementation whose mistakes are found", async ({ skip }) => {
  const old = "import sys; sys.exit(sys.version_info < (3, 9))";
  if (spawnSync("python3", ["-c", old]).status !== 0 && !process.env["CI"]) {
    console.warn("SKIPPED: the README's implementation, since there is no python3 of 3.9 or later");
    skip();
  }
  const [, adapter = ""] = [...readme.matchAll(/^```python\n(.*?)^```$/gms)].map(
    ([, text]) => text,
  );
  expect(adapter.trimEnd().split("\n").length).toBeLessThanOrEqual(32);
  const folder = mkdtempSync(join(tmpdir(), "oauth1-readme-"));
  try {
    mkdirSync(join(folder, "naive"));
    writeFileSync(join(folder, "naive", "adapter.py"), adapter);
    writeFileSync(join(folder, "naive", "manifest.json"), block("jsonc"));
    const report = await runCandidates(discoverCandidates(folder), {
      seed: 7,
      cases: 5,
      topics: ["sign"],
    });
    const [found] = report.implementations;
    expect(found).toMatchObject({ name: "naive", status: "ran", version: "1.0" });
    expect(found?.results.some(({ verdict }) => verdict === "passed")).toBe(true);
    const said = found?.results.map(({ explanation }) => explanation?.text ?? "").join();
    expect(said).toContain("(DefaultPortKept, ");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
