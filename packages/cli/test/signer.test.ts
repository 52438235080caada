import { describe, expect, it } from "vitest";
import { oauth1 } from "./run-oauth1.js";

async function answers(...lines: string[]): Promise<unknown[]> {
  const { code, stdout } = await oauth1(["signer"], { input: `${lines.join("\n")}\n` });
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("oauth1 signer", () => {
  it("describes itself, answers, and continues after malformed lines", async () => {
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
});
