// Bundles the pages into ../dist/web: scripts and styles whose names contain a hash of their
// content, the conformance report, and a compressed copy of each text file.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { writeApiDocs } from "./api-docs/write-api-docs.mjs";
import { bundle } from "./bundle.mjs";
import { documentPage } from "./document-page.mjs";
import { noticesOf } from "./notices.mjs";

const web = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../dist/web", import.meta.url));
const report = fileURLToPath(new URL("../../../docs/conformance", import.meta.url));
const ENTRY = "src/main.tsx";

/**
 * The quality of Brotli. The maximum, 11, takes twenty times as long and saves only another 6 %.
 */
const QUALITY = 9;

rmSync(target, { recursive: true, force: true });
const bundled = await bundle(ENTRY, target);
cpSync(join(web, "public"), target, { recursive: true });
if (existsSync(report)) cpSync(report, join(target, "report"), { recursive: true });
for (const name of ["pairwise", "coverage"]) {
  const source = new URL(`../../../docs/${name}.md`, import.meta.url);
  if (!existsSync(source)) continue;
  await writeFile(join(target, `${name}.html`), documentPage(readFileSync(source, "utf8")));
}
await writeFile(join(target, "index.html"), page(readFileSync(join(web, "index.html"), "utf8")));
await writeApiDocs(target);
const viewer = fileURLToPath(import.meta.resolve("swagger-ui-dist/package.json"));
await writeFile(join(target, "LICENSES.txt"), `${noticesOf([...bundled.sources, viewer])}\n`);
for (const file of readdirSync(target, { recursive: true, encoding: "utf8" })) {
  if (!/\.(html|js|json|css|svg)$/.test(file)) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  const compressed = brotliCompressSync(readFileSync(join(target, file)), { params });
  await writeFile(join(target, `${file}.br`), compressed);
}

/** Returns the page with the bundled files instead of the entry. */
function page(html) {
  const tags = [
    `<script type="module" src="/${bundled.script}"></script>`,
    ...bundled.atOnce.map((path) => `<link rel="modulepreload" href="/${path}">`),
    `<link rel="stylesheet" href="/${bundled.style}">`,
  ];
  const entryTag = `<script type="module" src="/${ENTRY}"></script>`;
  if (!html.includes(entryTag)) throw new Error(`index.html must contain ${entryTag}`);
  return html.replace(entryTag, tags.join("\n    "));
}
