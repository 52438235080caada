// Builds the pages that need no server as a part of a static site: the playground, the inspector and the
// conformance report.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { noticesOf } from "./notices.mjs";

/**
 * Writes a page for each tool into a folder of a site, with its scripts and styles. The folder above has
 * `icon.svg` and `report/index.html`.
 *
 * @param {string} folder - The absolute path of the folder.
 * @param {{ name: string, title: string, description: string }[]} tools - `name` is the last part of the
 *   address: `playground`, `inspector` or `conformance`.
 */
export async function writeSite(folder, tools) {
  const files = await bundle("src/site/main.tsx", folder);
  mkdirSync(folder, { recursive: true });
  for (const tool of tools) writeFileSync(join(folder, `${tool.name}.html`), page(tool, files));
  writeFileSync(join(folder, "LICENSES.txt"), `${noticesOf(files.sources)}\n`);
}

function page({ name, title, description }, { script, style, atOnce, later }) {
  // Loads the page's later imports at once, so that it sends no request after the first input.
  const modules = [...atOnce, ...later];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy(name)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta http-equiv="x-dns-prefetch-control" content="off" />
    <title>${escaped(title)} | @oauth1</title>
    <meta name="description" content="${escaped(description)}" />
    <link rel="icon" href="../icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="${style}" />
    <script type="module" src="${script}"></script>
    ${modules.map((path) => `<link rel="modulepreload" href="${path}" />`).join("\n    ")}
  </head>
  <body>
    <div id="app"></div>
    <noscript>${escaped(description)} It requires JavaScript, because it computes signatures in the page.</noscript>
  </body>
</html>
`;
}

/**
 * The page can load only its own files and cannot connect to any server. Pages that take
 * secrets cannot open frames either, because a file of the site without a policy could run in
 * one.
 */
function policy(name) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The inspector searches in a worker: a blob, which inherits this policy, imports its module.
    "worker-src 'self' blob:",
    "style-src 'self'",
    // The component library draws its icons with data URLs.
    "img-src 'self' data:",
    "connect-src 'none'",
    ...(name === "conformance" ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
