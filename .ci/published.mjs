// The published packages of this repository.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The folder and the manifest of each, sorted by name. */
export function publishedPackages() {
  return ["packages", "conformance"]
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
    }))
    .filter(({ manifest }) => manifest.private !== true)
    .sort((one, other) => (one.manifest.name < other.manifest.name ? -1 : 1));
}

/**
 * Packs packages with their dependencies in this repository, as a registry would serve them.
 *
 * @param names - Names without the scope.
 * @returns The paths of the archives.
 */
export async function packWithDependencies(names, destination) {
  const known = new Map(publishedPackages().map((found) => [found.manifest.name, found]));
  const needed = new Set(names.map((name) => `@oauth1/${name}`));
  for (const name of needed) {
    const { dependencies = {} } = known.get(name)?.manifest ?? {};
    for (const dependency of Object.keys(dependencies)) {
      if (known.has(dependency)) needed.add(dependency);
    }
  }
  const pnpm = join(root, "node_modules/.bin/pnpm");
  // One process for all packages.
  const chosen = [...needed].map((name) => `--filter=${name}`);
  await run(pnpm, [...chosen, "pack", "--pack-destination", destination], { cwd: root });
  return readdirSync(destination)
    .filter((file) => file.endsWith(".tgz"))
    .map((file) => join(destination, file));
}
