// On the registry and in node_modules, a README is next to only the files of its package.
import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { publishedPackages } from "./published.mjs";

/** Files that npm always packs. */
const ALWAYS = ["LICENSE", "README.md", "package.json"];

/** The package of a specifier; `undefined` for Node's own modules. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

describe("the README of", () => {
  for (const { folder, manifest } of publishedPackages()) {
    const path = join(folder, "README.md");
    if (!existsSync(path)) continue;
    const readme = readFileSync(path, "utf8");

    it(`${manifest.name} links only to files of its package, or by absolute URLs`, () => {
      const links = [...readme.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = ""]) => link)
        .filter((link) => !/^[a-z]+:/.test(link));
      const outside = links.filter((link) => {
        const [first = ""] = normalize(link).split("/");
        return ![...ALWAYS, ...manifest.files].some(
          (file: string) => normalize(file) === normalize(link) || normalize(file) === first,
        );
      });
      expect(outside).toEqual([]);
    });

    const example = /^```(?:ts|js)\n(.*?)^```$/ms.exec(readme)?.[1];
    if (example === undefined) continue;
    it(`${manifest.name} installs everything that its first example imports`, () => {
      const command = /^npm (?:install|i) (.+)$/m.exec(readme)?.[1] ?? "";
      const installed = command.split(/\s+/).filter((word) => !word.startsWith("-"));
      const imported = [...example.matchAll(/^\s*import\b[^;]*?"([^"]+)";/gm)]
        .map(([, specifier = ""]) => packageOf(specifier))
        .filter((name) => name !== undefined);
      expect(installed).toEqual(expect.arrayContaining([...new Set(imported)]));
    });
  }
});
