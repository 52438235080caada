#!/usr/bin/env node
// Copies the encoder into another project, and checks that a copy is unchanged.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const USAGE = `Usage:
  oauth1-percent-encoding vendor <folder> [--format ts|mts|js|mjs|cjs]
    copies the encoder into the folder as one file
  oauth1-percent-encoding vendor --check <file or folder>
    checks that a copy, or each copy in a folder, is unchanged and of this version

Without --format, the copy is TypeScript if the project has a tsconfig.json. If package.json does
not set "type": "module", the copy is .mts or .mjs, which are always ES modules. Use cjs for require().

Exit codes: 0 done or unchanged, 1 changed or of another version, 2 wrong usage`;

const FORMATS = ["ts", "mts", "js", "mjs", "cjs"];
const { name, version, license, repository } = json(new URL("../package.json", import.meta.url));
const SOURCE = `${repository.url.replace(/^git\+|\.git$/g, "")}/tree/main/${repository.directory}`;
const DIGEST_LINE = /^\/\/ SHA-256 of the lines below: ([0-9a-f]{64})\n/m;

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`oauth1-percent-encoding: ${error.message}\n`);
  process.exitCode = 2;
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean" },
      format: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [command, target, ...others] = positionals;
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (command !== "vendor" || target === undefined || others.length > 0) throw new Error(USAGE);
  if (values.check) return check(target);
  const format = values.format ?? formatFor(resolve(target));
  if (!FORMATS.includes(format)) {
    throw new Error(`--format must be one of ${FORMATS.join(", ")}, not ${format}`);
  }
  const file = join(target, `percent-encoding.${format}`);
  if (existsSync(file) && stateOf(file) === "changed") {
    throw new Error(`${file} has local changes; move or delete the file first`);
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(file, copy(format));
  process.stdout.write(`${file}: ${name} ${version}\n`);
  return 0;
}

function check(target) {
  if (!existsSync(target)) throw new Error(`${target} does not exist`);
  if (!statSync(target).isDirectory()) return checkFile(target);
  const copies = FORMATS.map((format) => join(target, `percent-encoding.${format}`)).filter(
    existsSync,
  );
  if (copies.length === 0)
    throw new Error(`${target} contains no copy, such as percent-encoding.js`);
  return Math.max(...copies.map(checkFile));
}

function checkFile(file) {
  const state = stateOf(file);
  const sentences = {
    unchanged: `unchanged, ${name} ${version}`,
    old: `unchanged, but not ${name} ${version}; copy it again`,
    changed: "changed after it was copied",
  };
  process.stdout.write(`${file}: ${sentences[state]}\n`);
  return state === "unchanged" ? 0 : 1;
}

/**
 * Returns whether a file is the copy of this version, an unchanged copy of another version, or
 * neither.
 */
function stateOf(file) {
  // Git on Windows converts line endings.
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  const format = /\.(\w+)$/.exec(file)?.[1] ?? "";
  if (FORMATS.includes(format) && text === copy(format)) return "unchanged";
  const found = DIGEST_LINE.exec(text);
  if (found === null) return "changed";
  return digest(text.slice(found.index + found[0].length)) === found[1] ? "old" : "changed";
}

/** The text of a copy. */
function copy(format) {
  const built = format.endsWith("ts") ? "src/percent-encoding.ts" : "dist/percent-encoding.js";
  const source = readFileSync(new URL(`../${built}`, import.meta.url), "utf8").replace(
    /^\/\/# sourceMappingURL=.*\n?/m,
    "",
  );
  const code = format === "cjs" ? commonJs(source) : source;
  return [
    `// ${name} ${version}`,
    `// SPDX-License-Identifier: ${license}`,
    `// Source: ${SOURCE}`,
    `// SHA-256 of the lines below: ${digest(code)}`,
    code,
  ].join("\n");
}

/** The same declarations, exported as CommonJS. */
function commonJs(source) {
  const exported = /^export (?=(?:class|const|function) (\w+))/gm;
  const names = Array.from(source.matchAll(exported), ([, declared]) => declared);
  return `${source.replace(exported, "")}module.exports = { ${names.join(", ")} };\n`;
}

function digest(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** Returns the format that the folder's project can load without configuration. */
function formatFor(folder) {
  const packageFile = nearest(folder, "package.json");
  const isModule = packageFile !== undefined && json(packageFile).type === "module";
  const language = nearest(folder, "tsconfig.json") === undefined ? "js" : "ts";
  return isModule ? language : `m${language}`;
}

function nearest(folder, file) {
  const path = join(folder, file);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent, file);
}

function json(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
