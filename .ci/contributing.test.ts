// Follows the lists of CONTRIBUTING.md literally, each in a copy of the repository: applies the blocks
// of its steps, runs the commands, and checks that no other file had to change. By default one list is
// followed, and the blocks of the others must fit. `npm run test:contributing` follows all.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-6";
import { afterAll, describe, expect, it } from "vitest";
import { applyBlock, changed, linesOf, type Recipe, recipesOf } from "./contributing-steps.js";
import { type ScratchCopy, scratchCopy } from "./scratch-copy.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const recipes = recipesOf(page);

/** `all`, or the title of one list. */
const followed = process.env["CONTRIBUTING"] ?? "A third-party signer";

describe("CONTRIBUTING.md", () => {
  it("has the list of each kind of addition", () => {
    expect(recipes.map(({ title }) => title)).toEqual([
      "A rule",
      "A vector",
      "A property",
      "A third-party signer",
      "A signature method",
      "An adapter for an HTTP client",
      "A framework",
      "An API permission",
    ]);
    for (const { title, steps, commands, printed } of recipes) {
      expect(steps.length, title).toBeGreaterThan(1);
      expect(commands.length, title).toBeGreaterThan(0);
      expect(printed.length, title).toBeGreaterThan(0);
    }
  });

  it("names only files and commands that exist", () => {
    const links = Array.from(page.matchAll(/\]\(([^)#:]+)\)/g), ([, link = ""]) => link);
    for (const link of links) expect(existsSync(join(root, link)), link).toBe(true);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = Array.from(
      page.matchAll(/(?:^|`)npm (?:run )?([a-z:]+)/gm),
      ([, name = ""]) => name,
    );
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it.each(recipes)("has blocks that fit the files: $title", ({ steps }) => {
    for (const { file, block } of steps) {
      if (block === undefined || block.language === "sh") continue;
      const path = join(root, file);
      if (block.language !== "diff") {
        expect(existsSync(path), file).toBe(false);
        expect(mistakesIn(file, block.text), file).toEqual([]);
        continue;
      }
      const after = changed(readFileSync(path, "utf8"), block.text, file);
      expect(mistakesIn(file, after), file).toEqual([]);
    }
  });
});

/** Returns true if a text is valid in the language of its file's ending. */
function mistakesIn(file: string, text: string): string[] {
  if (file.endsWith(".json")) {
    JSON.parse(text);
    return [];
  }
  if (file.endsWith(".py")) {
    const parse = "import ast, sys; ast.parse(sys.stdin.read())";
    const { status, stderr } = spawnSync("python3", ["-c", parse], { input: text });
    return status === 0 ? [] : [String(stderr)];
  }
  if (!file.endsWith(".ts")) return [];
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const chosen = recipes.filter(({ title }) => followed === "all" || followed === title);

describe.each(chosen)("the list $title", { timeout: 1_200_000 }, (recipe) => {
  let copy: ScratchCopy | undefined;
  afterAll(() => copy?.remove(), 120_000);

  it("contains everything that a contributor needs", () => {
    // pnpm and turbo would change the libraries of the original.
    const installs = /npx (?:pnpm|turbo)/.test(JSON.stringify(recipe));
    copy = scratchCopy({ libraries: installs ? "own" : "shared" });
    follow(recipe, copy);
    const output = recipe.commands.map((command) => copy?.run(command)).join("\n");
    for (const line of recipe.printed) expect(words(output)).toContain(words(line));
    expect(copy.changedFiles().filter((file) => !isNamed(file, recipe))).toEqual([]);
    if (process.env["CONTRIBUTING"] === undefined) return;
    // Files that the list does not name must be right, too.
    copy.run(`npx biome check ${copy.changedFiles().filter(isLinted).join(" ")}`);
    for (const folder of testFolders(copy)) copy.run(`npx tsc -p ${folder}/test/tsconfig.json`);
    copy.run(
      "npx vitest run --project ci layers api-surface error-codes readmes signature-methods",
    );
  });
});

/** Normalizes the white space of a text. */
function words(text: string): string {
  return text.replace(/\s+/g, " ");
}

function follow({ steps }: Recipe, copy: ScratchCopy): void {
  for (const step of steps) {
    if (step.block?.language === "sh") for (const line of linesOf(step.block.text)) copy.run(line);
    else applyBlock(copy.folder, step);
  }
}

/** Returns true if a list names a file; `*` matches a part of a name. */
function isNamed(file: string, { steps }: Recipe): boolean {
  return steps
    .flatMap(({ paths }) => paths)
    .map((path) => path.replaceAll(".", "\\.").replaceAll("*", "[^/]*"))
    .some((pattern) => new RegExp(`^${pattern}$`).test(file));
}

function isLinted(file: string): boolean {
  return /\.(?:tsx?|mjs|json)$/.test(file) && !file.startsWith("conformance/vectors/");
}

/** The packages with changed files and tests. */
function testFolders(copy: ScratchCopy): string[] {
  const folders = copy.changedFiles().map((file) => file.split("/").slice(0, 2).join("/"));
  return [...new Set(folders)].filter((folder) =>
    existsSync(join(copy.folder, folder, "test/tsconfig.json")),
  );
}
