// The commands of docs/verify-your-signer.md that copy the vectors, and its statements about
// citations.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fenced } from "./program.js";

const PAGE = "verify-your-signer.md";
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const VECTORS = join(ROOT, "conformance/vectors");
/** Upper bound on a slow machine. */
const TIMEOUT = 300_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "oauth1-vendored-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("the vectors can be copied from the package", { timeout: TIMEOUT }, () => {
  succeeds(fenced(PAGE, "sh archive").replace("npm pack @oauth1/vectors", `npm pack "${VECTORS}"`));
  expectVectors();
});

it.each(["submodule", "subtree"])(
  "the vectors can be copied as a %s",
  { timeout: TIMEOUT },
  (way) => {
    const project = join(folder, "project");
    const origin = join(folder, "origin");
    cpSync(VECTORS, join(origin, "conformance/vectors"), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    cpSync(join(ROOT, "docs/recipes"), join(origin, "docs/recipes"), { recursive: true });
    mkdirSync(project);
    succeeds("git init -q -b main . && git add . && git commit -q -m vectors", origin);
    succeeds("git init -q . && git commit -q --allow-empty -m begin", project);

    const commands = fenced(PAGE, `sh ${way}`)
      .replace(/https:\S+\.git/, pathToFileURL(origin).href)
      // Git does not clone from a folder for a submodule otherwise.
      .replace("git submodule", "git -c protocol.file.allow=always submodule");
    succeeds(commands, project);
    expectVectors(project);
    expect(existsSync(join(project, "oauth1/docs"))).toBe(way === "subtree");
  },
);

it("the checksums detect a changed file", { timeout: TIMEOUT }, () => {
  cpSync(VECTORS, join(folder, "vectors"), { recursive: true });
  succeeds(fenced(PAGE, "sh checksums"));
  succeeds(fenced(PAGE, "sh check"));
  appendFileSync(join(folder, "vectors/sign.json"), " ");
  const { status, output } = shell(fenced(PAGE, "sh check"));
  expect(status).not.toBe(0);
  expect(output).toContain("sign.json: FAILED");
});

it("a vector of the set can be cited by its version", () => {
  const [, id, version] =
    /^(\S+) of @oauth1\/vectors (\S+)$/m.exec(fenced(PAGE, "text citation")) ?? [];
  const file = JSON.parse(readFileSync(join(VECTORS, `${id?.split("/")[0]}.json`), "utf8"));
  expect(file.version).toBe(version);
  expect(file.vectors.map((vector: { id: string }) => vector.id)).toContain(id);
});

function expectVectors(parent = folder) {
  const topics = (path: string) => readdirSync(path).filter((file) => file.endsWith(".json"));
  expect(topics(join(parent, "vectors")).sort()).toEqual(topics(VECTORS).sort());
  const [copy, original] = [join(parent, "vectors"), VECTORS].map((path) =>
    readFileSync(join(path, "signature-base-string.json"), "utf8"),
  );
  expect(copy === original).toBe(true);
}

function succeeds(commands: string, cwd = folder) {
  const { status, output } = shell(commands, cwd);
  expect(status, output).toBe(0);
}

function shell(commands: string, cwd = folder) {
  const person = { NAME: "Jane Doe", EMAIL: "jane@example.com" };
  const identity = Object.entries(person).flatMap(([name, value]) => [
    [`GIT_AUTHOR_${name}`, value],
    [`GIT_COMMITTER_${name}`, value],
  ]);
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", commands], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...Object.fromEntries(identity) },
  });
  return { status, output: `${stdout}${stderr}` };
}
