// Bundles src/signer.ts: it needs a few files of the conformance suite, and none of its dependencies.
// What this package depends on stays outside of the bundle.
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
