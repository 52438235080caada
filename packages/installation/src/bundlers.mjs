// Bundlers: one file from an entry in the project, minified, for browsers.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build as buildWithEsbuild, version as esbuildVersion } from "esbuild";
import { build as buildWithVite, version as viteVersion } from "vite";
import webpack from "webpack";

/** Each bundler, as a function from the path of an entry to the text of its bundle. */
export const bundlers = [
  { name: "esbuild", version: esbuildVersion, bundle: esbuild },
  { name: "Vite", version: viteVersion, bundle: vite },
  { name: "webpack", version: webpack.version, bundle: bundleWithWebpack },
];

/**
 * @param conditions - Further conditions of `exports`, such as `workerd`.
 */
export async function esbuild(entry, { conditions = ["browser"] } = {}) {
  const { outputFiles } = await buildWithEsbuild({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions,
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0].text;
}

async function vite(entry) {
  const { output } = await buildWithVite({
    root: join(entry, ".."),
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      modulePreload: { polyfill: false },
      rollupOptions: { input: entry },
    },
  });
  return output[0].code;
}

async function bundleWithWebpack(entry) {
  const path = mkdtempSync(join(tmpdir(), "oauth1-webpack-"));
  try {
    const compiler = webpack({
      mode: "production",
      entry,
      context: join(entry, ".."),
      devtool: false,
      target: ["web", "es2022"],
      output: { path, filename: "bundle.js" },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    await promisify(compiler.close.bind(compiler))();
    if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
    return readFileSync(join(path, "bundle.js"), "utf8");
  } finally {
    rmSync(path, { recursive: true });
  }
}
