// Writes the page /api/docs: Swagger UI with its own files only, without inline scripts and styles.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const viewer = createRequire(import.meta.url).resolve("swagger-ui-dist/package.json");
const ofViewer = (name) => readFileSync(viewer.replace("package.json", name), "utf8");
/** Removes the reference to the source map, which is not served. */
const withoutMap = (text) => text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*\s*$/, "\n");

/**
 * @param {string} target - The folder of the built pages.
 */
export async function writeApiDocs(target) {
  const asset = (name, content) => {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const file = name.replace(".", `-${hash}.`);
    writeFileSync(join(target, "assets", file), content);
    // Relative to /api/docs, so that it also works below another path.
    return `../assets/${file}`;
  };
  const page = readFileSync(join(here, "api-docs.html"), "utf8")
    .replace("viewer.css", asset("api-docs-viewer.css", withoutMap(ofViewer("swagger-ui.css"))))
    .replace("page.css", asset("api-docs.css", readFileSync(join(here, "api-docs.css"))))
    .replace("viewer.js", asset("api-docs-viewer.js", withoutMap(ofViewer("swagger-ui-bundle.js"))))
    .replace("page.js", asset("api-docs.js", readFileSync(join(here, "api-docs.js"))));
  writeFileSync(join(target, "api-docs.html"), page);
  const licenses = ["NOTICE", "LICENSE", "swagger-ui-bundle.js.LICENSE.txt"].map(ofViewer);
  writeFileSync(join(target, "api-docs-viewer.LICENSE.txt"), licenses.join("\n"));
}
