// Builds @oauth1/console and the packages that it needs without type checks. This takes a second;
// `npm run build` takes half a minute and needs a type checker.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const CONSOLE = join(root, "packages/console");
/** A record of the sources of the console's build. */
const BUILT = join(root, "node_modules/.console-built-from");

/** Builds, unless the build is up to date. */
export async function buildConsole() {
  const web = join(CONSOLE, "web");
  const folders = [...new Set([CONSOLE, web].flatMap((folder) => closure(folder)))];
  const sources = hashOf(folders);
  if (existsSync(BUILT) && readFileSync(BUILT, "utf8") === sources) return;
  console.log("Building the console.");
  const { build } = await import("esbuild");
  // The pages are bundled, not transpiled.
  const packages = folders.filter((folder) => folder !== web);
  await Promise.all(packages.map((folder) => transpile(build, folder)));
  await import(pathToFileURL(join(CONSOLE, "web/build.mjs")).href);
  writeFileSync(BUILT, sources);
}

/** The folders of a package and of its dependencies, in no particular order. */
function closure(folder, folders = workspace(), found = new Set()) {
  if (found.has(folder)) return [...found];
  found.add(folder);
  const { dependencies = {} } = manifest(folder);
  for (const dependency of Object.keys(dependencies)) {
    if (folders.has(dependency)) closure(folders.get(dependency), folders, found);
  }
  return [...found];
}

/** The folder of each package, by its name. */
function workspace() {
  const folders = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  return new Map(
    folders
      .filter((folder) => existsSync(join(folder, "package.json")))
      .map((folder) => [manifest(folder).name, folder]),
  );
}

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** Removes the types. The compiler options ensure that this is sufficient. */
function transpile(build, folder) {
  const { compilerOptions } = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"));
  return build({
    absWorkingDir: folder,
    entryPoints: files(join(folder, compilerOptions.rootDir)).filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".d.ts"),
    ),
    outbase: compilerOptions.rootDir,
    outdir: compilerOptions.outDir,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    logLevel: "warning",
  });
}

function hashOf(folders) {
  const hash = createHash("sha256");
  for (const file of folders.flatMap(files).sort())
    hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return SKIPPED.has(entry.name) ? [] : files(path);
  });
}

const SKIPPED = new Set(["node_modules", "dist", "test", ".turbo"]);
