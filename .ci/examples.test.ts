// Runs every TypeScript example in the sources' comments (`@example`), the READMEs and the docs. In
// an example, a comment after an expression statement is its expected value:
//
//     percentEncode("☃"); // "%E2%98%83"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript-6";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  /**
   * The package of the example. In a comment, an example can use the package's exports without
   * imports.
   */
  readonly package?: string;
  readonly isInComment?: boolean;
}

function files(start: string, pattern: RegExp): string[] {
  return readdirSync(join(root, start), { recursive: true, encoding: "utf8" })
    .map((file) => join(start, file))
    .filter((file) => pattern.test(file) && !/(^|\/)(node_modules|dist)\//.test(file));
}

function examples(file: string): Example[] {
  const text = readFileSync(join(root, file), "utf8");
  const fence = file.endsWith(".ts")
    ? /^ \* ```ts\n((?: \*.*\n)*?) \* ```$/gm
    : /^```ts\n(.*?)^```$/gms;
  const name = nameOf(file);
  return [...text.matchAll(fence)].map((match) => ({
    file,
    line: text.slice(0, match.index).split("\n").length,
    code: (match[1] ?? "").replace(/^ \* ?/gm, ""),
    ...(name === undefined ? {} : { package: name, isInComment: file.endsWith(".ts") }),
  }));
}

/** Turns the values in comments into checks. */
function withChecks(code: string): string {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  let checked = code;
  for (const statement of [...source.statements].reverse()) {
    if (!ts.isExpressionStatement(statement)) continue;
    const comment = /^[ \t]*\/\/.*(?:\n\/\/.*)*|^(?:\n\/\/.*)+/.exec(
      code.slice(statement.end),
    )?.[0];
    const promised = comment?.replace(/^\s*\/\/ ?/gm, "").trim();
    if (
      promised === undefined ||
      !/^(["'`[{\d-]|new |(true|false|null|undefined)$)/.test(promised)
    ) {
      continue;
    }
    const expression = statement.expression.getText(source);
    checked = `${checked.slice(0, statement.getStart(source))}$check(${expression}, (${promised}));${checked.slice(statement.end)}`;
  }
  return checked;
}

/** The folders of all packages, by their names without the scope. */
const homes: ReadonlyMap<string, string> = new Map(
  ["packages", "conformance"]
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => {
      const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return [name.replace("@oauth1/", ""), folder] as const;
    }),
);

/** The package that a file belongs to. */
function nameOf(file: string): string | undefined {
  const folder = join(root, file.split("/").slice(0, 2).join("/"));
  return [...homes].find(([, home]) => home === folder)?.[0];
}

/** The folder of a package, by its name without the scope. */
function homeOf(name: string): string {
  const home = homes.get(name);
  if (home === undefined) throw new Error(`there is no package @oauth1/${name}`);
  return home;
}

/** Resolves a specifier from its package, or from a package that uses it. */
function resolved(specifier: string, user?: string): string {
  const home = homeOf(user ?? specifier.split("/")[1] ?? "");
  return pathToFileURL(createRequire(join(home, "package.json")).resolve(specifier)).href;
}

/**
 * Imports of everything that a package exports. If subpaths share a name, the one whose source is
 * `file` is imported.
 */
async function exportsOf(name: string, file: string): Promise<string> {
  const home = homeOf(name);
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const own = join(root, file).replace(`${home}/src/`, "/dist/").replace(/\.ts$/, ".js");
  const addresses = Object.keys(manifest.exports ?? {})
    .filter((path) => path !== "./package.json")
    .map((path) => resolved(`@oauth1/${name}${path.slice(1)}`))
    .sort((one, other) => Number(other.endsWith(own)) - Number(one.endsWith(own)));
  const imported = new Set<string>();
  const imports: string[] = [];
  for (const address of addresses) {
    const names = Object.keys(await import(address)).filter((name) => !imported.has(name));
    for (const name of names) imported.add(name);
    if (names.length > 0) imports.push(`import { ${names.join(", ")} } from "${address}";`);
  }
  return imports.join("\n");
}

let count = 0;
async function run(example: Example): Promise<number> {
  const checked = withChecks(example.code)
    .replace(/from "(@oauth1\/[^"]+)"/g, (_, specifier) => `from "${resolved(specifier)}"`)
    // Other packages are resolved as dependencies of the example's package.
    .replace(
      /from "((?!node:|file:)[^"]+)"/g,
      (_, specifier) => `from "${resolved(specifier, example.package)}"`,
    );
  const { outputText } = ts.transpileModule(checked, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  const imports =
    example.package !== undefined && example.isInComment
      ? await exportsOf(example.package, example.file)
      : "";
  const path = join(folder, `${count++}.mjs`);
  const hoisted = outputText.match(/^import .*;$/gm) ?? [];
  const body = outputText.replace(/^import .*;$/gm, "");
  writeFileSync(
    path,
    `${imports}\n${hoisted.join("\n")}\nexport default async function ($check) {\n${body}\n}\n`,
  );
  let checks = 0;
  const { default: main } = await import(pathToFileURL(path).href);
  await main((actual: unknown, promised: unknown) => {
    checks++;
    expect(actual).toEqual(promised);
  });
  return checks;
}

const all = [
  "README.md",
  ...files("packages", /\/src\/.*\.ts$|\/README\.md$/),
  ...files("conformance", /\.ts$|README\.md$/),
  ...files("docs", /^(?!docs\/api\/).*\.md$/),
].flatMap(examples);

describe("examples", () => {
  for (const example of all) {
    it(`${relative(root, join(root, example.file))}:${example.line}`, async () => {
      expect(await run(example), "an example without a promised value").toBeGreaterThan(0);
    });
  }
});
