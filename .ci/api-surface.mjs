// Writes docs/api-surface.md: every export of every published package, from the built declarations.
// Run `node .ci/api-surface.mjs` after a build. A test compares the file with the build.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import ts from "typescript-6";
import { publishedPackages, root } from "./published.mjs";

/** The path of the page. */
export const page = join(root, "docs/api-surface.md");

/** The entry points of all published packages, each with its exports sorted by name. */
export function publicExports() {
  const entries = publishedPackages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {})
      .filter(([, target]) => typeof target === "object" && "types" in target)
      .map(([path, { types }]) => ({
        specifier: manifest.name + path.slice(1),
        file: join(folder, types),
      })),
  );
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [], noLib: true },
  );
  const checker = program.getTypeChecker();
  return entries.map(({ specifier, file }) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
    const found = symbols.map((symbol) => describe(symbol, checker));
    found.sort((one, other) => (one.name < other.name ? -1 : 1));
    return { specifier, exports: found };
  });
}

/** The page's text. */
export function apiSurface() {
  const sections = publicExports().map(
    ({ specifier, exports }) =>
      `## ${specifier}\n\n${exports
        .map(({ name, kind, description }) => `- \`${name}\` (${kind}): ${description}`)
        .join("\n")}\n`,
  );
  return `# API surface

This page lists every export of every published package, and says what it is for. The API pages that
\`npm run docs\` builds have the details. \`node .ci/api-surface.mjs\` writes this page. Run it after a change of
the public API, so that reviewers see the change.

${sections.join("\n")}`;
}

function describe(symbol, checker) {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const text =
    commentOfNamespace(symbol.declarations?.[0]) ??
    ts.displayPartsToString(target.getDocumentationComment(checker));
  return { name: symbol.name, kind: kindOf(target), description: firstSentence(text) };
}

/** A namespace (`export * as name`) is described at its export. */
function commentOfNamespace(declaration) {
  if (declaration === undefined || !ts.isNamespaceExport(declaration)) return undefined;
  const [comment] = ts.getJSDocCommentsAndTags(declaration.parent);
  return ts.getTextOfJSDocComment(comment?.comment);
}

const KINDS = [
  [ts.SymbolFlags.Class, "class"],
  [ts.SymbolFlags.Function, "function"],
  [ts.SymbolFlags.Interface, "interface"],
  [ts.SymbolFlags.TypeAlias, "type"],
  [ts.SymbolFlags.Variable, "constant"],
  [ts.SymbolFlags.Module, "namespace"],
];

function kindOf({ flags }) {
  return KINDS.find(([flag]) => (flags & flag) !== 0)?.[1] ?? "unknown";
}

/**
 * The first sentence of a comment, on one line, with code in place of links. Abbreviations and
 * section numbers do not end it.
 */
function firstSentence(text) {
  const [first = ""] = text.split(/\n\s*\n/);
  const paragraph = first
    .replace(/\{@link (.*?)\s*\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
  return /^.*?[.:](?=\s+[A-Z`]|$)/.exec(paragraph)?.[0].replace(/:$/, ".") ?? paragraph;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  writeFileSync(page, apiSurface());
}
