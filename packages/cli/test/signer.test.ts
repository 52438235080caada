import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bin, oauth1, run } from "./run-oauth1.js";

const PYTHON = "python3";
const isSkipped = spawnSync(PYTHON, ["--version"]).status !== 0 && !process.env["CI"];
if (isSkipped) console.warn(`SKIPPED: what a program in Python asks, because ${PYTHON} is missing`);

async function answers(...lines: string[]): Promise<unknown[]> {
  const { code, stdout } = await oauth1(["signer"], { input: `${lines.join("\n")}\n` });
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("oauth1 signer", () => {
  it("describes itself, answers requests, and continues after malformed lines", async () => {
    const [description, ...rest] = await answers(
      '{"id":1,"command":"describe"}',
      "no JSON",
      "[]",
      '{"id":2,"command":"sing"}',
      '{"id":3,"command":"percent-encode"}',
      '{"id":4,"command":"percent-encode","text":"a b"}',
      '{"id":5,"command":"stop"}',
    );
    expect(description).toMatchObject({ id: 1, name: "oauth1 signer" });
    expect((description as { signatureMethods: string[] }).signatureMethods).toHaveLength(7);
    expect(rest).toMatchObject([
      { error: expect.any(String) },
      { error: expect.any(String) },
      { id: 2, error: expect.any(String) },
      { id: 3, error: expect.stringContaining("text") },
      { id: 4, result: "a%20b" },
    ]);
  });

  it.skipIf(isSkipped)(
    "diagnoses requests for a program in Python, which checks each answer with HMAC",
    async () => {
      const script = fileURLToPath(new URL("diagnose.py", import.meta.url));
      const { code, stdout, stderr } = await run(PYTHON, [script, process.execPath, bin, "signer"]);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      const lines = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(lines.length).toBe(3 * 13 * 2);
      for (const { made, answered } of lines) expect(answered).toBe(made);
    },
  );
});
