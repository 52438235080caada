import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { progressLine } from "../dist/command/progress-line.js";

const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
const spaces = fileURLToPath(new URL("children/spaces-as-plus.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const common = ["--topic", "percent-encoding", "--cases", "20", "--seed", "7"];
  return spawnSync(process.execPath, [bin, "run", ...common, ...args], { encoding: "utf8" });
}

it("run ends at the first failure with --bail, and selects the format of --report by the extension", () => {
  const files = ["json", "md"].map((ending) => join(folder, `report.${ending}`));
  const reports = files.flatMap((file) => ["--report", file]);
  const { status, stderr } = run("--bail", ...reports, "--", process.execPath, spaces);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  const [json = "", markdown = ""] = files.map((file) => readFileSync(file, "utf8"));
  const [found] = JSON.parse(json).implementations;
  const verdicts = found.results.map(({ verdict }: { verdict: string }) => verdict);
  expect(verdicts.indexOf("failed")).toBe(verdicts.length - 1);
  expect(markdown).toContain("spaces");
});

it("run distinguishes a badge for shields.io from the report as JSON by the ending of the file", () => {
  const [badge = "", json = ""] = ["my.shields.json", "shields.json"].map((name) =>
    join(folder, name),
  );
  const reports = ["--report", badge, "--report", json];
  expect(run(...reports, "--", process.execPath, spaces).status).toBe(1);
  expect(JSON.parse(readFileSync(badge, "utf8"))).toMatchObject({ schemaVersion: 1 });
  expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ seed: 7 });
});

it("run writes a page and the data that it loads into the folder of --report", () => {
  const target = `${join(folder, "pages", "here")}/`;
  expect(run("--report", target, "--", process.execPath, spaces).status).toBe(1);
  const page = readFileSync(join(target, "index.html"), "utf8");
  const [, part = ""] = /data-part="([^"]+)"/.exec(page) ?? [];
  const { failures } = JSON.parse(readFileSync(join(target, `${part}.json`), "utf8"));
  const vectors = JSON.parse(readFileSync(join(target, "vectors.json"), "utf8"));
  expect(Object.keys(vectors)).toContain(failures[0].id);
  expect(page).not.toContain(failures[0].id);
});

it("run prints a draft of expectations.json with --record", () => {
  const { status, stdout } = run("--record", "--", process.execPath, spaces);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: "1.5", deviations: [{ cause: "" }] });
});

it.each([
  [["--report", "report.pdf"], /^oauth1-conformance: --report report\.pdf: a file that ends in/],
  [["--report", "badge.svg"], /^oauth1-conformance: --report badge\.svg: a badge is for one/],
  [["--report", "my.shields.json"], /^oauth1-conformance: --report my\.shields\.json: a badge is/],
  [["--implementation", "nobody"], /^oauth1-conformance: no implementation "nobody"/],
  [["--topic", "nothing"], /^oauth1-conformance: unknown topic "nothing"/],
  [["--record"], /^oauth1-conformance: --record goes with one implementation/],
])("the command reports wrong usage for %j", (args, message) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});

it("run shows the progress line only on a terminal, and never wraps it", () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const progress = { implementation: "someone", done: 3, total: 9, unexpected: 1 };
  const elsewhere = progressLine({ write }, 2);
  elsewhere.show(progress);
  elsewhere.clear();
  expect(written).toEqual([]);
  const line = progressLine({ write, isTTY: true, columns: 20 }, 2);
  line.show(progress);
  line.clear();
  expect(written).toEqual(["\r\u001b[K0/2  someone 3/9 (1", "\r\u001b[K"]);
});
