import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readmes, siteLink } from "./links.ts";
import { SOURCE } from "./source.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The READMEs below an address, as VitePress' dynamic routes. */
export function readmePages(below: string) {
  return [...readmes()]
    .filter(([page]) => page.startsWith(below))
    .map(([page, file]) => ({
      params: { name: page.slice(below.length) || "index", file },
      content: withSiteLinks(readFileSync(join(root, file), "utf8"), join(root, file)),
    }));
}

/** The text with the links of the site, outside code. */
function withSiteLinks(text: string, file: string): string {
  return text
    .split(/(^```.*?^```$)/ms)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(
            /\]\(([^)\s]+)\)/g,
            (_, link: string) => `](${siteLink(link, file, { source: SOURCE })})`,
          ),
    )
    .join("");
}
