import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The targets of the links of a Markdown file on the site. */
export interface LinkTargets {
  /** The sources, such as https://github.com/owner/name. */
  readonly source: string;
}

/**
 * The address of a link on the site. A link to a file without a page leads to the sources, and one to the
 * README of a package leads to the package's page.
 *
 * @param link - As the Markdown file has it.
 * @param file - The path of the Markdown file.
 */
export function siteLink(link: string, file: string, { source }: LinkTargets): string {
  const inSources = pathInSources(link, source);
  // An address of the site, a fragment, or an address of another host.
  if (inSources === undefined && /^(?:[/#]|[a-z][a-z0-9+.-]*:)/i.test(link)) return link;
  const [, path = "", fragment = ""] = /^([^#]*)(.*)$/s.exec(inSources ?? link) ?? [];
  const target = inSources === undefined ? resolve(dirname(file), path) : join(root, path);
  const inRoot = relative(root, target)
    .split(sep)
    .join("/")
    // typedoc-plugin-markdown uses this name for a module that exports a namespace, which is
    // another page.
    .replace(/^docs\/api\/_\/(.*)\/README\.md$/, "docs/api/$1/index.md");
  const page = /^docs\/public(\/.*)$/.exec(inRoot)?.[1] ?? pageOf(inRoot);
  if (page !== undefined) return `${page}${fragment}`;
  const kind = existsSync(target) && statSync(target).isDirectory() ? "tree" : "blob";
  return `${source}/${kind}/main/${inRoot}${fragment}`;
}

/** READMEs that npm shows link to files of the repository with absolute addresses. */
function pathInSources(link: string, source: string): string | undefined {
  return /^\/(?:blob|tree)\/main\/(.*)$/s.exec(
    link.startsWith(source) ? link.slice(source.length) : "",
  )?.[1];
}

/** The READMEs, and CONTRIBUTING.md, that are pages, by the address of the page. */
export function readmes(): ReadonlyMap<string, string> {
  const found = [
    ...folders("packages").map(
      (name) => [`/packages/${name}`, `packages/${name}/README.md`] as const,
    ),
    ...folders("conformance").map(
      (name) => [`/suite/${name}`, `conformance/${name}/README.md`] as const,
    ),
  ].filter(([, file]) => existsSync(join(root, file)));
  return new Map([
    ...found,
    ["/suite/", "conformance/README.md"],
    ["/contributing/", "CONTRIBUTING.md"],
  ]);
}

function folders(parent: string): string[] {
  return readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The page of a file of the repository, if it has one. */
function pageOf(path: string): string | undefined {
  const asked = path.replace(/\/?(?:README\.md)?$/, "/README.md");
  for (const [page, file] of readmes()) if (file === asked || file === path) return page;
  const inDocs = /^docs\/(.*)\.md$/.exec(path)?.[1];
  return inDocs === undefined
    ? undefined
    : posix.join("/", inDocs.replace(/(^|\/)(?:README|index)$/, "$1"));
}
