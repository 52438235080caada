// Every code block is run by a test that names its text, or checked here without running it, or only read
// for a reason that is given.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type CodeBlock, codeBlocks, root, runners, runnersOf } from "./code-blocks.ts";
import { shellProblems } from "./shell-commands.ts";

const blocks = codeBlocks();

/** Checks by language, for blocks that no test runs. Each returns what is wrong. */
const checks: Readonly<Record<string, (code: string) => string[]>> = {
  sh: shellProblems,
  json: (code) => problemsOf(() => JSON.parse(code)),
  yaml: (code) => problemsOf(() => parse(code)),
  js: (code) => programProblems([process.execPath, "--input-type=module", "--check"], code),
  python: (code) =>
    programProblems(["python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())"], code),
};

function problemsOf(parseIt: () => unknown): string[] {
  try {
    parseIt();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function programProblems([program = "", ...args]: readonly string[], code: string): string[] {
  const { status, stderr } = spawnSync(program, args, { input: code, encoding: "utf8" });
  return status === 0 ? [] : [stderr];
}

function placeOf({ file, line, info }: CodeBlock): string {
  return `${file}:${line} (${info})`;
}

describe("code blocks", () => {
  it("are run, checked, or only read for a reason", () => {
    const unknown = blocks.filter(
      (block) => runnersOf(block).length === 0 && !(block.info in checks),
    );
    expect(unknown.map(placeOf)).toEqual([]);
  });

  it("that no test runs are correct", () => {
    const problems = blocks
      .filter((block) => runnersOf(block).length === 0)
      .flatMap(
        (block) =>
          checks[block.info]?.(block.code).map((problem) => `${placeOf(block)}: ${problem}`) ?? [],
      );
    expect(problems).toEqual([]);
  });

  it("that a test runs have the test, which names the text or a folder of it", () => {
    for (const block of blocks) {
      for (const { by } of runnersOf(block)) {
        if (!("test" in by)) continue;
        expect(existsSync(root + by.test), `${placeOf(block)}: ${by.test}`).toBe(true);
        const names = block.file.split("/");
        const test = readFileSync(root + by.test, "utf8");
        expect(
          names.some((name) => test.includes(name)),
          `${by.test} reads ${block.file}`,
        ).toBe(true);
      }
    }
  });

  it("need every runner that is listed", () => {
    for (const runner of runners) {
      expect(
        blocks.some((block) => runnersOf(block).includes(runner)),
        String(runner.file),
      ).toBe(true);
    }
  });
});

describe("the check of commands", () => {
  it.each([
    ["npm install @oauth1/nothing", "@oauth1/nothing is not published"],
    ["npm run nothing", "oauth1 has no script nothing"],
    ["npx pnpm --filter @oauth1/mutants nothing", "@oauth1/mutants has no script nothing"],
    ["npx vitest run --project @oauth1/nothing", "there is no project @oauth1/nothing"],
    ["npx vitest run --project ci nothing", "ci has no test nothing"],
    ["node packages/nothing.js", "packages/nothing.js does not exist"],
    ["npx @oauth1/cli nothing", "@oauth1/cli has no command nothing"],
    ["oauth1 sign --nothing https://example.com/", "@oauth1/cli sign has no option --nothing"],
    [
      "A=1 npx --yes @oauth1/conformance run \\\n  --nothing 1 -- x --y",
      "@oauth1/conformance run has no option --nothing",
    ],
    ["echo '", "bash -n: "],
  ])("rejects %s", (code, problem) => {
    expect(shellProblems(code).join()).toContain(problem);
  });
});
