// The metadata that all packages share. `npm run metadata` copies it from the root's
// package.json into each manifest.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { publishedPackages, root } from "./published.mjs";

/**
 * The manifest of a published package with the common members, which follow `keywords`.
 *
 * @param folder - The folder of the package.
 */
export function withMetadata(folder, manifest) {
  const { author, bugs, engines, homepage, license, repository } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const directory = relative(root, folder).split(sep).join("/");
  // The pages of READMEs: docs/.vitepress/links.ts.
  const page = directory.replace(/^conformance\//, "suite/");
  const common = {
    homepage: `${homepage}${page}`,
    bugs,
    license,
    author,
    repository: { ...repository, directory },
    // The vectors are files for any language.
    ...(manifest.name !== "@oauth1/vectors" && { engines: { node: engines.node } }),
    publishConfig: { access: "public", provenance: true },
  };
  const { name, version, description, keywords, ...others } = manifest;
  const { engines: own, publishConfig, ...first } = common;
  const rest = Object.fromEntries(Object.entries(others).filter(([member]) => !(member in first)));
  return {
    ...{ name, version, description, keywords },
    ...first,
    ...rest,
    ...(own && { engines: own }),
    publishConfig,
  };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const { folder, manifest } of publishedPackages()) {
    const text = `${JSON.stringify(withMetadata(folder, manifest), null, 2)}\n`;
    writeFileSync(join(folder, "package.json"), text);
  }
}
