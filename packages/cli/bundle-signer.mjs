// Bundles src/signer.ts, which needs a few files of the conformance suite and none of its
// dependencies. The dependencies of this package are not bundled.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

await build({
  entryPoints: ["src/signer.ts"],
  outfile: "dist/signer.js",
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
});
