// Extracts, type-checks and runs the programs of Markdown pages.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-6";

const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url));
export const PYTHON = "/usr/bin/python3";
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** The text of a page in `docs`. */
export function pageText(page: string): string {
  return readFileSync(join(DOCS, page), "utf8");
}

/** The only fence of a page with this info string. Throws if there is not exactly one. */
export function fenced(page: string, info: string): string {
  const text = pageText(page);
  const matches = [...text.matchAll(new RegExp(`^\`\`\`${info}\\n(.*?)^\`\`\`$`, "gms"))];
  const [match] = matches;
  if (matches.length !== 1 || match?.[1] === undefined) {
    throw new Error(`${page} has ${matches.length} of ${info}`);
  }
  return match[1];
}

/** A folder from which the packages can be imported, and which other tools ignore. */
export function programFolder(): { readonly path: string; remove(): void } {
  mkdirSync(join(PACKAGE, "node_modules"), { recursive: true });
  const path = mkdtempSync(join(PACKAGE, "node_modules/.programs-"));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** The language of the first fence of a page that is marked as the old program. */
export function oldFence(page: string): "js old" | "python old" {
  return /^```python old$/m.test(pageText(page)) ? "python old" : "js old";
}

/** Writes a program of Python unchanged. */
export function writePython(folder: string, name: string, code: string): string {
  const source = join(folder, `${basename(name, ".md")}.py`);
  writeFileSync(source, code);
  return source;
}

/** Writes a program of TypeScript or JavaScript unchanged, and next to it as JavaScript. */
export function writeProgram(folder: string, name: string, code: string): string {
  const source = join(folder, `${basename(name, ".md")}.mts`);
  writeFileSync(source, code);
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  writeFileSync(source.replace(/\.mts$/, ".mjs"), outputText);
  return source;
}

/** The messages of the type checker. */
export function typeErrors(sources: readonly string[]): string[] {
  const program = ts.createProgram(sources, {
    noEmit: true,
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: ["node"],
    typeRoots: [join(PACKAGE, "node_modules/@types")],
    skipLibCheck: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
    return `${basename(file?.fileName ?? "")}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** A running program. */
export interface Run {
  readonly process: ChildProcessWithoutNullStreams;
  /** Waits for the program to print a matching text, and returns the match. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** The whole output, after the program exited successfully. */
  readonly output: Promise<string>;
}

/** Runs a program of Node or Python in its own process. */
export function runProgram(source: string, environment: Record<string, string>): Run {
  const interpreter = source.endsWith(".py") ? PYTHON : process.execPath;
  const child = spawn(interpreter, [source.replace(/\.mts$/, ".mjs")], {
    env: { PATH: process.env["PATH"], NODE_NO_WARNINGS: "1", ...environment },
  });
  let stdout = "";
  let stderr = "";
  let heard = () => {};
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    heard();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const output = new Promise<string>((resolve, reject) => {
    child.on("close", (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${basename(source)} ended with ${code}: ${stderr}`));
    });
  });
  // Callers that wait for the output get its rejection. Callers that wait for a line get it below.
  output.catch(() => {});
  return {
    process: child,
    output,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        heard = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        };
        heard();
        output.then(() => reject(new Error(`never printed: ${stdout}`)), reject);
      }),
  };
}
