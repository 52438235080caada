// Bundles scripts and styles into files whose names contain a hash of their content.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = fileURLToPath(new URL(".", import.meta.url));

/**
 * Writes the bundle of an entry below `target`, in the folder `assets`.
 *
 * @param {string} entry - The path of the entry in this folder.
 * @param {string} target - A folder, by its absolute path.
 * @returns The addresses of the files relative to `target`: those that a page loads at once, and those that
 *   it imports later; and the paths of the sources.
 */
export async function bundle(entry, target) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: web,
    entryPoints: { index: entry },
    outdir: target,
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  const address = (path) => relative(target, join(web, path)).split(sep).join("/");
  const [script, { cssBundle, imports }] = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint === entry,
  );
  const atOnce = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
  const later = Object.keys(metafile.outputs).filter(
    (path) => path.endsWith(".js") && path !== script && !atOnce.includes(path),
  );
  return {
    script: address(script),
    style: address(cssBundle),
    atOnce: atOnce.map(address),
    later: later.map(address),
    sources: Object.keys(metafile.inputs).map((path) => join(web, path)),
  };
}
