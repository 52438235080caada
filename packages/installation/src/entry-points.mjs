// The entry points of the published packages, as their manifests list them.
import { publishedPackages } from "../../../.ci/published.mjs";

/** The names of the published packages without their scope. */
export const packageNames = publishedPackages().map(({ manifest }) =>
  manifest.name.slice("@oauth1/".length),
);

/** The specifier of each entry point, sorted, without the manifests. */
export const entryPoints = publishedPackages()
  .flatMap(({ manifest: { name, exports } }) =>
    Object.keys(exports)
      .filter((subpath) => subpath !== "./package.json")
      .map((subpath) => name + subpath.slice(1)),
  )
  .sort();

/** Each command with its package. */
export const commands = publishedPackages().flatMap(({ manifest: { name, bin = {} } }) =>
  Object.keys(bin).map((command) => ({ name, command })),
);
