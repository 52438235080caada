// The steps of the GitHub Action and the shell recipe of the guide run in clean folders, with the
// packed packages of this repository in place of the published ones.
import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { servePackages } from "./package-registry.mjs";
import { root } from "./published.mjs";

type Texts = Readonly<Record<string, string>>;

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Texts;
  readonly "working-directory"?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Ran {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Texts;
  readonly summary: string;
  /** The folder of everything that the step could write. */
  readonly job: string;
}

const action: Action = parse(
  readFileSync(join(root, ".github/actions/conformance/action.yml"), "utf8"),
);
const [install, run] = action.runs.steps as readonly [Step, Step];
const guide = readFileSync(join(root, "conformance/README.md"), "utf8");

/** The source of a program that answers like the named program in this repository's tests. */
const signer = (name: string) =>
  `import "${pathToFileURL(join(root, "conformance/runner/test/children", name)).href}";\n`;
const good = { "signer.mjs": signer("serve-oauth1.mjs") };
const bad = { "signer.mjs": signer("spaces-as-plus.mjs") };
const few = { command: "node signer.mjs", levels: "required", cases: "5", seed: "7" };

const folder = mkdtempSync(join(tmpdir(), "oauth1-action-"));
let registry: Awaited<ReturnType<typeof servePackages>>;
let installed: Ran;
beforeAll(async () => {
  const packed = join(folder, "registry");
  mkdirSync(packed);
  registry = await servePackages(["conformance"], packed);
  installed = await runStep(install, {}, {});
});
afterAll(() => {
  registry?.close();
  rmSync(folder, { recursive: true });
});

/**
 * Runs a step as GitHub does.
 *
 * @param files - Contents of the files of the workspace.
 * @param steps - The outputs of the step before.
 */
async function runStep(step: Step, inputs: Texts, files: Texts, steps: Texts = {}): Promise<Ran> {
  const job = mkdtempSync(join(folder, "job-"));
  const workspace = join(job, "workspace");
  const temporary = join(job, "temporary");
  for (const made of [workspace, temporary]) mkdirSync(made);
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(workspace, name), content);
  const [output, summary, script] = ["output", "summary", "step.sh"].map((name) => join(job, name));
  writeFileSync(output, "");
  writeFileSync(summary, "");
  writeFileSync(script, step.run);

  const evaluated = (value: string) =>
    value.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
      const name = /^inputs\.([\w-]+)$/.exec(expression)?.[1];
      const known = name === undefined ? undefined : action.inputs[name];
      if (name !== undefined && known !== undefined) return inputs[name] ?? known.default ?? "";
      const output = /^steps\.install\.outputs\.(\w+)$/.exec(expression)?.[1] ?? "";
      return steps[output] ?? expect.unreachable(`cannot evaluate ${expression}`);
    });
  const own = Object.entries(step.env).map(([name, value]) => [name, evaluated(value)]);
  const { code, log } = await start(
    // The command of `shell: bash`.
    ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
    join(workspace, evaluated(step["working-directory"] ?? ".")),
    {
      ...Object.fromEntries(own),
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temporary,
    },
  );
  const lines = readFileSync(output, "utf8").split("\n").filter(Boolean);
  const outputs = Object.fromEntries(
    lines.map((line) => [line.split("=")[0], line.replace(/^[^=]*=/, "")]),
  );
  return { code, log, outputs, summary: readFileSync(summary, "utf8"), job };
}

/** Runs the step after the installation, each time independently of earlier runs. */
function runSuite(inputs: Texts, files: Texts): Promise<Ran> {
  const fresh = mkdtempSync(join(folder, "installed-"));
  symlinkSync(join(installed.outputs.folder ?? "", "node_modules"), join(fresh, "node_modules"));
  return runStep(run, inputs, files, { folder: fresh });
}

/** Runs a program to its end, with npm's settings of the test. */
async function start(command: readonly string[], cwd: string, own: Texts = {}) {
  const inherited = Object.entries(process.env).filter(
    // npx sets them for the programs that it runs.
    ([name]) => !/^npm_config_(?:userconfig|cache)$/i.test(name),
  );
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), npm_config_userconfig: registry.settings, ...own },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [code, out, complaints] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, log: out + complaints };
}

/** Paths of everything in a folder, by the last part of their names. */
function named(parent: string, name: string): string[] {
  return readdirSync(parent, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.split("/").at(-1) === name,
  );
}

function expectJunit(file: string) {
  const xml = readFileSync(file, "utf8");
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({ ignoreAttributes: false }).parse(xml).testsuites.testsuite;
}

describe("the GitHub Action", () => {
  it("has no expressions in its scripts, and only expressions that exist", () => {
    expect(action.runs.using).toBe("composite");
    expect(action.runs.steps.map(({ id, shell }) => [id, shell])).toEqual([
      ["install", "bash"],
      ["run", "bash"],
    ]);
    for (const step of action.runs.steps) expect(step.run).not.toContain("${{");
    const used = action.runs.steps.flatMap((step) => [
      ...Object.values(step.env),
      step["working-directory"] ?? "",
    ]);
    for (const name of Object.keys(action.inputs)) expect(used).toContain(`\${{ inputs.${name} }}`);
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
    }
  });

  it("installs the suite in a temporary folder, and nothing in the workspace", () => {
    expect(installed.code, installed.log).toBe(0);
    expect(installed.outputs.folder).toMatch(join(installed.job, "temporary"));
    expect(readdirSync(join(installed.job, "workspace"))).toEqual([]);
  });

  it("succeeds for a signer without mistakes, and writes a summary and all reports", async () => {
    const { code, log, outputs, summary } = await runSuite(few, good);
    expect(code, log).toBe(0);
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
    expect(Number(outputs.passed)).toBeGreaterThan(500);
    expect(outputs.failed).toBe("0");
    const [report] = JSON.parse(readFileSync(outputs.json ?? "", "utf8")).implementations;
    const asked = report.results.filter(
      ({ outcome }: { outcome: string }) => outcome !== "unsupported",
    );
    expect(asked).toHaveLength(Number(outputs.passed));
    const suite = expectJunit(outputs.junit ?? "");
    expect(suite["@_tests"]).toBe(String(report.results.length));
    expect([suite["@_failures"], suite["@_errors"]]).toEqual(["0", "0"]);
    expect(JSON.parse(readFileSync(outputs.badge ?? "", "utf8"))).toMatchObject({
      schemaVersion: 1,
      label: "RFC 5849",
      message: `${outputs.passed} of ${outputs.passed}`,
    });
    const markdown = readFileSync(outputs.markdown ?? "", "utf8");
    expect(summary).toBe(
      `## OAuth 1.0 conformance\n\n${markdown}${markdown.endsWith("\n") ? "" : "\n"}`,
    );
    expect(summary).toContain("of seed 7.");
  });

  it("fails for a signer with mistakes, after it has written the summary and all reports", async () => {
    const { code, log, outputs, summary } = await runSuite(few, bad);
    expect(code, log).toBe(1);
    const [passed, failed] = [Number(outputs.passed), Number(outputs.failed)];
    expect(failed).toBeGreaterThan(0);
    expect(summary).toContain("## spaces");
    const suite = expectJunit(outputs.junit ?? "");
    expect(Number(suite["@_failures"]) + Number(suite["@_errors"])).toBe(failed);
    const { message } = JSON.parse(readFileSync(outputs.badge ?? "", "utf8"));
    expect(message).toBe(`${passed} of ${passed + failed}`);
  });

  it("uses the requirements and levels that are named", async () => {
    const inputs = { ...few, levels: "required\n  robustness", requirements: "1.0" };
    const { code, log, outputs } = await runSuite(inputs, bad);
    expect(code, log).toBe(1);
    const report = JSON.parse(readFileSync(outputs.json ?? "", "utf8"));
    expect(report.requirements).toMatchObject({ version: "1.0" });
    const levels = report.implementations[0].results.map(({ level }: { level: string }) => level);
    expect(new Set(levels)).toEqual(new Set(["required", "robustness"]));
  });

  it("writes into the summary that a program did not start, with exit code 2", async () => {
    const { code, outputs, summary } = await runSuite({ ...few, command: "./no-such" }, {});
    expect(code).toBe(2);
    expect(summary).toContain("The run wrote no report.");
    expect(outputs).toEqual({});
  });

  it("passes quoted words to the program unchanged and without expansion", async () => {
    const name = "my signer.mjs";
    const content = `import { writeFileSync } from "node:fs";
writeFileSync("arguments.json", JSON.stringify(process.argv.slice(2)));
${bad["signer.mjs"]}`;
    const command = `node 'my signer.mjs' "a  b" '' \\" '$HOME' $HOME * ~ {1,2}\n--last`;
    const { code, log, job } = await runSuite({ ...few, command }, { [name]: content });
    expect(code, log).toBe(1);
    const written = readFileSync(join(job, "workspace/arguments.json"), "utf8");
    const home = ["$HOME", "$HOME", "*", "~", "{1,2}"];
    expect(JSON.parse(written)).toEqual(["a  b", "", '"', ...home, "--last"]);
  });

  it.each([
    ["command", "node signer.mjs; touch owned"],
    ["command", "node signer.mjs & touch owned"],
    ["command", "node signer.mjs $(touch owned) `touch owned`"],
    ["command", "node signer.mjs\ntouch owned"],
    ["command", '"; touch owned; "'],
    ["command", "node 'signer.mjs\n'; touch owned"],
    ["command", " \n"],
    ["requirements", "$(touch owned)"],
    ["requirements", '1.0"; touch owned; "'],
    ["levels", "required; touch owned"],
    ["levels", "$(touch owned)"],
    ["cases", "a[$(touch owned)]"],
    ["seed", "7 -- touch owned"],
  ])("runs nothing else for the %s %j", async (name, value) => {
    const { code, job, log } = await runSuite({ ...few, [name]: value }, bad);
    expect(named(job, "owned")).toEqual([]);
    expect([1, 2], log).toContain(code);
  });

  it.each(["$(touch owned)", '1"; touch owned; "', "..", "file:../other", "npm:left-pad", ""])(
    "rejects the version %j, and runs nothing",
    async (version) => {
      const { code, job, log } = await runStep(install, { version }, {});
      expect(named(job, "owned")).toEqual([]);
      expect(code).toBe(2);
      expect(log).toContain("::error::The input version must be");
    },
  );

  it("does not let an answer of the program become a workflow command", async () => {
    const content = `import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, command } = JSON.parse(line);
  const description = { name: "::error::x", version: "1", language: "x", commands: ["percent-encode"] };
  if (command === "stop") break;
  console.log(JSON.stringify({ id, ...(command === "describe" ? description : { result: "::add-mask::a" }) }));
}
`;
    const { log } = await runSuite(few, { "signer.mjs": content });
    const [, token = "", quoted] = /^::stop-commands::(.{36})\n(.*?)^::\1::$/ms.exec(log) ?? [];
    expect(quoted).toContain("::error::x");
    expect(log.replace(`::stop-commands::${token}\n${quoted}::${token}::\n`, "")).not.toContain(
      "::error::x",
    );
  });

  it("shortens a summary that GitHub would drop, at the end of a line", async () => {
    // Represents a run whose report is longer than those of our programs.
    const fresh = mkdtempSync(join(folder, "installed-"));
    const program = join(fresh, "node_modules/.bin/oauth1-conformance");
    mkdirSync(join(fresh, "node_modules/.bin"), { recursive: true });
    writeFileSync(
      program,
      `#!/bin/sh\nyes '${"ä".repeat(999)}' | head -n 2000 > "${fresh}/conformance.md"\n`,
    );
    chmodSync(program, 0o755);
    const { code, summary } = await runStep(run, few, {}, { folder: fresh });
    expect(code).toBe(0);
    expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
    expect(summary.match(/^ä{999}$/gm)).toHaveLength(500);
    expect(summary).toMatch(/\n\nThe report is longer than a summary may be\. .*\n$/);
  });
});

describe("the shell recipe", () => {
  it("writes all its reports and ends with the exit code of the run", async () => {
    const recipe = /^## In your CI$.*?^```sh\n(.*?)^```$/ms.exec(guide)?.[1] ?? "";
    expect(recipe).toContain("-- python3 my_signer.py");
    const workspace = mkdtempSync(join(folder, "recipe-"));
    writeFileSync(join(workspace, "signer.mjs"), bad["signer.mjs"]);
    const own = recipe.replace("python3 my_signer.py", "node signer.mjs");
    const { code, log } = await start(["sh", "-ec", own], workspace);
    expect(code, log).toBe(1);
    const written = (ending: string) => join(workspace, `conformance.${ending}`);
    expect(readFileSync(written("md"), "utf8")).toContain("## spaces");
    expectJunit(written("xml"));
    const badge = JSON.parse(readFileSync(written("shields.json"), "utf8"));
    expect(badge.message).toMatch(/^\d+ of \d+$/);
  });

  it("is the same as in the guide for GitLab", () => {
    const section = guide.slice(guide.indexOf("## In your CI"));
    const blocks = [...section.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = ""]) =>
      parse(block),
    );
    const [steps, gitlab] = blocks;
    const [, recipe = ""] = /^```sh\n(.*?)^```$/ms.exec(section) ?? [];
    const words = (command: string) => command.replace(/\\\n/g, " ").trim().split(/\s+/);
    const [options] = recipe.split(" -- ");
    expect(words(gitlab.conformance.script[0].split(" -- ")[0])).toEqual(words(options ?? ""));
    const files = words(options ?? "").filter((word) => word.startsWith("conformance."));
    const { paths, reports } = gitlab.conformance.artifacts;
    expect([...paths, reports.junit].sort()).toEqual(files.sort());
    const { with: inputs } = steps.find(({ id }: { id?: string }) => id === "conformance");
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    for (const [, name = ""] of section.matchAll(/steps\.conformance\.outputs\.(\w+)/g)) {
      expect(action.outputs).toHaveProperty(name);
    }
  });
});
