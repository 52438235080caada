// TypeScript: the declarations of every entry point, with each setting for modules.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { entryPoints } from "./entry-points.mjs";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

/** The oldest supported version and the last one of each major. */
export const compilers = ["5.7", "5.9", "6", "7"].map((name) => {
  const manifest = resolve(`typescript-${name}/package.json`);
  return {
    version: createRequire(import.meta.url)(manifest).version,
    program: join(dirname(manifest), "bin/tsc"),
    // TypeScript 6 and later do not accept a file argument together with a tsconfig.json.
    args: Number(name) >= 6 ? ["--ignoreConfig"] : [],
  };
});

/** The settings, and the kind of the file with the program. */
export const settings = [
  { name: "`node16`, ES module", file: "all.mts", args: ["--module", "node16"] },
  { name: "`nodenext`, ES module", file: "all.mts", args: ["--module", "nodenext"] },
  {
    name: "`esnext` with `bundler`, ES module",
    file: "all.mts",
    args: ["--module", "esnext", "--moduleResolution", "bundler"],
  },
  { name: "`node16`, CommonJS", file: "all.cts", args: ["--module", "node16"] },
  { name: "`nodenext`, CommonJS", file: "all.cts", args: ["--module", "nodenext"] },
];

/**
 * The errors of a program that imports every entry point. Declarations are checked too, but
 * errors in those of other libraries do not count: drizzle-orm declares types of databases that
 * are not installed.
 *
 * @returns The code of each error, such as `TS1479`, in the program or in a package of this repository.
 */
export async function errorsOf({ program, args: always }, { file, args }, folder) {
  const specifiers = entryPoints.filter((specifier) => !specifier.includes("*"));
  const imports = specifiers.map((specifier, at) => `import * as m${at} from "${specifier}";`);
  const names = specifiers.map((_, at) => `m${at}`).join(", ");
  writeFileSync(join(folder, file), `${imports.join("\n")}\nexport const all = [${names}];\n`);
  const strict = ["--noEmit", "--strict", "--target", "es2022", "--types", "node"];
  const { stdout } = await run(process.execPath, [program, ...always, ...strict, ...args, file], {
    cwd: folder,
    maxBuffer: 2 ** 26,
  }).catch((failed) => failed);
  const errors = stdout.split("\n").filter((line) => / error TS\d+:|^error TS/.test(line));
  const own = errors.filter((line) => !/^node_modules\/(?!@oauth1\/)/.test(line));
  return own.map((line) => `${/TS\d+/.exec(line)[0]}: ${line}`);
}
