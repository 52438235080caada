// The dependencies that users install with the packages, and the third-party code in the
// console's pages.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { billOfMaterials, licensesOfDependencies, notAllowed } from "./dependencies.mjs";
import { publishedPackages, root } from "./published.mjs";

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly unknown[];
}

const read = (file: string) => readFileSync(file, "utf8");

describe("the licences of dependencies", () => {
  it("are all allowed", async () => {
    const licenses = await licensesOfDependencies();
    expect(Object.keys(licenses)).toContain("MIT");
    expect(notAllowed(licenses)).toEqual([]);
  });

  it.each(["GPL-3.0-only", "Unknown", "(MIT OR CC0-1.0)"])("do not include %s", (license) => {
    const licenses = { MIT: [{ name: "a" }], [license]: [{ name: "b" }] };
    expect(notAllowed(licenses)).toEqual([{ name: "b", license }]);
  });
});

describe("the bill of materials", () => {
  let bill: { bomFormat: string; specVersion: string; components: Component[] };
  beforeAll(async () => {
    bill = JSON.parse(await billOfMaterials());
  });
  const namesOf = (components: readonly Component[]) =>
    new Set(components.map(({ group, name }) => (group ? `${group}/${name}` : name)));

  it("is CycloneDX, and each component has a version, a purl and a licence", () => {
    expect([bill.bomFormat, bill.specVersion]).toEqual(["CycloneDX", "1.6"]);
    for (const { name, version, purl, licenses } of bill.components) {
      expect(purl, name).toMatch(/^pkg:npm\//);
      expect(purl, name).toContain(`@${version}`);
      expect(licenses?.length, name).toBeGreaterThan(0);
    }
  });

  it("lists every dependency that npm installs with a package", () => {
    const named = namesOf(bill.components);
    for (const { folder, manifest } of publishedPackages()) {
      for (const name of Object.keys(manifest.dependencies ?? {})) {
        expect(named, manifest.name).toContain(name);
        // Including the transitive dependencies of third-party packages.
        const own = join(folder, "node_modules", name, "package.json");
        if (name.startsWith("@oauth1/")) continue;
        for (const next of Object.keys(JSON.parse(read(own)).dependencies ?? {})) {
          expect(named, name).toContain(next);
        }
      }
    }
  });

  it("lists what the console's pages contain", () => {
    const named = namesOf(bill.components);
    for (const name of ["preact", "@picocss/pico", "swagger-ui-dist"])
      expect(named).toContain(name);
  });
});

describe("the notices of the console's pages", () => {
  const web = join(root, "packages/console/dist/web");
  const notices = existsSync(web) ? read(join(web, "LICENSES.txt")) : "";

  it("list each package whose code or style is in a page, with its licence", () => {
    for (const name of [
      "preact",
      "preact-iso",
      "@picocss/pico",
      "@noble/hashes",
      "swagger-ui-dist",
    ]) {
      expect(notices).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|Apache-2\\.0)\\)$`, "m"),
      );
    }
    expect(notices).not.toMatch(/^@oauth1\//m);
    expect(notices).toContain("Copyright (c) 2015-present Jason Miller");
    expect(notices).toContain("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION");
  });

  it("are in the package", () => {
    expect(readdirSync(web)).toContain("LICENSES.txt");
    const { files } = JSON.parse(read(join(root, "packages/console/package.json")));
    expect(files).toContain("dist");
  });
});
