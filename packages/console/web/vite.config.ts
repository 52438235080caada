import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Ships the conformance report, and writes each text file compressed beside itself. */
function finish(): Plugin {
  return {
    name: "finish",
    apply: "build",
    writeBundle({ dir = "" }) {
      const report = fileURLToPath(new URL("../../../docs/conformance.html", import.meta.url));
      if (existsSync(report)) writeFileSync(join(dir, "report.html"), readFileSync(report));
      for (const file of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        if (!/\.(html|js|css|svg)$/.test(file)) continue;
        writeFileSync(join(dir, `${file}.br`), brotliCompressSync(readFileSync(join(dir, file))));
      }
    },
  };
}

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: "es2023", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  plugins: [finish()],
});
