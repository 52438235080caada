// Checks with turbo itself which builds it repeats. The test edits files in a copy of the
// workspace, and compares the hashes of the build tasks. turbo does not repeat a build whose
// hash stays the same.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

interface Build {
  readonly package: string;
  readonly directory: string;
  readonly hash: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const binaries = join(root, "node_modules/.bin");
const copy = mkdtempSync(join(tmpdir(), "oauth1-task-graph-"));
afterAll(() => rmSync(copy, { recursive: true }), 120_000);

const tracked = copyWorkspace();
const before = builds();

describe("the task graph", () => {
  it("has a build task for every package", () => {
    const manifests = tracked.filter((file) => /.\/package\.json$/.test(file));
    const folders = manifests.map((file) => file.slice(0, -"/package.json".length));
    // Separate workspaces.
    const separate = ["packages/runtimes", "packages/installation"];
    const inWorkspace = folders.filter((folder) => !separate.includes(folder));
    expect(before.map(({ directory }) => directory).sort()).toEqual(inWorkspace.sort());
  });

  it("hashes every source file, and neither tests nor documentation", () => {
    for (const { package: name, directory, inputs } of before) {
      const hashed = Object.keys(inputs).filter((file) => !file.startsWith("../"));
      expect(hashed.sort(), name).toEqual(sources(directory).sort());
    }
  });

  for (const { package: name, directory } of before) {
    it(`rebuilds only ${name} and its dependents`, () => {
      const file = sources(directory).findLast((source) => isOwn(directory, source));
      const edited = join(directory, file ?? "package.json");
      expect(rebuiltAfterEditing(edited)).toEqual(dependents(name).sort());
    });
  }

  it("rebuilds nothing when documentation or a test changes", () => {
    const file = (pattern: RegExp) => tracked.find((path) => pattern.test(path)) ?? "";
    const test = file(/^packages\/percent-encoding\/test\/.+\.ts$/);
    const edited = ["README.md", "packages/percent-encoding/README.md", test];
    expect(edited).not.toContain("");
    expect(rebuiltAfterEditing(...edited)).toEqual([]);
  });

  it("rebuilds everything when the shared compiler options change", () => {
    const all = before.map(({ package: name }) => name).sort();
    expect(rebuiltAfterEditing("tsconfig.base.json")).toEqual(all);
  });

  it.each(["conformance/index.html", "pairwise.md", "coverage.md"])(
    "rebuilds the console when docs/%s changes, because its pages include it",
    (file) => {
      // The package of the folder itself has no build.
      const rebuilt = rebuiltAfterEditing(`docs/${file}`).filter((name) => name !== "@oauth1/docs");
      expect(rebuilt).toEqual(dependents("@oauth1/console").sort());
    },
  );
});

/** Copies the files that Git tracks or would add into a separate repository. */
function copyWorkspace(): string[] {
  const listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  const deleted = new Set(git(root, "ls-files", "-z", "--deleted").split("\0"));
  const files = [...new Set(listed.split("\0"))].filter((file) => file && !deleted.has(file));
  for (const file of files) cpSync(join(root, file), join(copy, file));
  git(copy, "init", "--quiet");
  git(copy, "add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  git(copy, ...author, "-c", "commit.gpgSign=false", "commit", "--quiet", "--message", "copy");
  return files;
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
}

/** The current build tasks of turbo. */
function builds(): Build[] {
  const path = `${binaries}${delimiter}${process.env["PATH"]}`;
  const json = execFileSync(join(binaries, "turbo"), ["run", "build", "--dry=json"], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(json).tasks;
}

/** Files of a package that its build can read, relative to its folder. */
function sources(folder: string): string[] {
  return tracked
    .filter((file) => file.startsWith(`${folder}/`))
    .map((file) => file.slice(folder.length + 1))
    .filter((file) => !/^test\/|\.md$|^vitest\.config\.ts$/.test(file));
}

/** Returns true if a file is a source that does not belong to a package within the folder. */
function isOwn(folder: string, file: string): boolean {
  const within = before.filter(({ directory }) => directory.startsWith(`${folder}/`));
  const path = `${folder}/${file}`;
  return (
    file !== "package.json" && !within.some(({ directory }) => path.startsWith(`${directory}/`))
  );
}

/** The packages whose builds have another hash after a change, which is then reverted. */
function rebuiltAfterEditing(...files: readonly string[]): string[] {
  const contents = files.map((file) => readFileSync(join(copy, file)));
  for (const file of files) appendFileSync(join(copy, file), "\n");
  const after = new Map(builds().map(({ package: name, hash }) => [name, hash]));
  for (const [at, file] of files.entries()) writeFileSync(join(copy, file), contents[at] ?? "");
  return before
    .filter(({ package: name, hash }) => after.get(name) !== hash)
    .map(({ package: name }) => name)
    .sort();
}

/** A package, the packages whose folders contain it, and all dependents of these. */
function dependents(name: string): string[] {
  const folder = before.find((build) => build.package === name)?.directory ?? "";
  const found = new Set(
    before.filter(({ directory }) => `${folder}/`.startsWith(`${directory}/`)).map(nameOf),
  );
  for (const reached of found) {
    for (const build of before) if (dependencies(build).includes(reached)) found.add(build.package);
  }
  return [...found];
}

function nameOf({ package: name }: Build): string {
  return name;
}

function dependencies({ directory }: Build): string[] {
  const manifest = JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8"));
  return ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
}
