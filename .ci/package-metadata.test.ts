// The registry shows the same author, licence and addresses for each package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readmes } from "../docs/.vitepress/links.ts";
import { SITE, SOURCE } from "../docs/.vitepress/source.ts";
import { withMetadata } from "./package-metadata.mjs";
import { publishedPackages, root } from "./published.mjs";

const license = readFileSync(join(root, "LICENSE"), "utf8");

describe("the manifest of", () => {
  for (const { folder, manifest } of publishedPackages()) {
    it(`${manifest.name} has the metadata of the root; to update it, run npm run metadata`, () => {
      expect(manifest).toEqual(withMetadata(folder, manifest));
      expect(license).toContain(`${manifest.license} License`);
      expect(license).toContain(manifest.author);
      expect(manifest.bugs).toBe(`${SOURCE}/issues`);
      expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
    });

    it(`${manifest.name} has a page of the site as its homepage`, () => {
      expect(manifest.homepage.slice(0, SITE.length)).toBe(SITE);
      const page = manifest.homepage.slice(SITE.length);
      expect(join(root, readmes().get(page) ?? "")).toBe(join(folder, "README.md"));
    });
  }
});
