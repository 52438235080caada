import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../published.mjs";

/**
 * A plugin of Vite. Tests import packages by their names, which lead to the builds. Mutants are in
 * the sources, so the plugin leads every import of a build to its source: by the `exports` and
 * `imports` of the packages, and by its path.
 */
export function sourcesInsteadOfBuilds() {
  const folders = readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((folder) => existsSync(join(folder, "package.json")));
  const exported = new Map();
  const imported = new Map();
  for (const folder of folders) {
    const { name, ...manifest } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const [path, target] of Object.entries(manifest.exports ?? {})) {
      exported.set(name + path.slice(1), sourceOf(folder, target.default));
    }
    for (const [specifier, { node }] of Object.entries(manifest.imports ?? {})) {
      imported.set(folder + specifier, sourceOf(folder, node));
    }
  }
  return {
    name: "sources-instead-of-builds",
    enforce: "pre",
    resolveId(specifier, importer = "") {
      if (specifier.startsWith("#")) {
        return imported.get(
          folders.find((folder) => importer.startsWith(`${folder}/`)) + specifier,
        );
      }
      if (!/^(?:\.\.\/)+dist\//.test(specifier)) return exported.get(specifier);
      return sourceOf(join(importer, ".."), specifier);
    },
  };
}

/** The source of `dist/….js`, or undefined for another file. */
function sourceOf(folder, path = "") {
  const [, up, name] = /^(.*\/)dist\/(.+)\.js$/.exec(path) ?? [];
  return name === undefined ? undefined : join(folder, up, "src", `${name}.ts`);
}
