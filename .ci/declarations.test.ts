// Packages that a published package's declarations import must be dependencies and have types.
import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { publishedPackages } from "./published.mjs";

/** The declarations that are reachable from the entry points, and the packages that they import. */
function importedPackages(entries: readonly string[]): Set<string> {
  const packages = new Set<string>();
  const queue = [...entries];
  const seen = new Set<string>();
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, "utf8").replace(/^\s*\*.*$/gm, "");
    for (const [, specifier = ""] of text.matchAll(/(?:\bfrom |\bimport\(|\bimport )"([^"]+)"/g)) {
      if (specifier.startsWith(".")) {
        queue.push(join(dirname(file), specifier.replace(/\.js$/, ".d.ts")));
      } else if (!isBuiltin(specifier) && !specifier.startsWith("#")) {
        packages.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
      }
    }
  }
  return packages;
}

/** Returns true if a package has its own types. */
function hasTypes(name: string, folder: string): boolean {
  for (const parent of createRequire(join(folder, "index.js")).resolve.paths(name) ?? []) {
    const path = join(parent, name, "package.json");
    if (!existsSync(path)) continue;
    const text = readFileSync(path, "utf8");
    return /"(types|typings)"/.test(text) || existsSync(join(parent, name, "index.d.ts"));
  }
  return false;
}

describe("the declarations of", () => {
  for (const { folder, manifest } of publishedPackages()) {
    const entries = Object.values(manifest.exports ?? {})
      .map((target) => (target as { types?: string }).types)
      .filter((types) => types !== undefined)
      .map((types) => join(folder, types));
    if (entries.length === 0) continue;

    it(`${manifest.name} import only dependencies that have types`, () => {
      const { dependencies = {}, peerDependencies = {} } = manifest;
      const missing = [...importedPackages(entries)].filter((name) => {
        if (name === manifest.name || name in peerDependencies) return false;
        const types = `@types/${name.replace(/^@/, "").replace("/", "__")}`;
        return !(name in dependencies && (hasTypes(name, folder) || types in dependencies));
      });
      expect(missing).toEqual([]);
    });
  }
});
