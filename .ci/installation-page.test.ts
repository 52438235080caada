// Every entry point of every package is used by `npm run test:packages`, and counted in the page about it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entryPoints, packageNames } from "../packages/installation/src/entry-points.mjs";
import { root } from "./published.mjs";

const folder = join(root, "packages/installation/project/uses");
const uses = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
const page = readFileSync(join(root, "docs/installation.md"), "utf8");

describe("the matrix of installations", () => {
  it("uses every entry point of every package", () => {
    const unused = entryPoints.filter(
      (specifier) => !uses.some((text) => text.includes(`"${specifier}": `)),
    );
    expect(unused).toEqual([]);
  });

  it("uses no entry point that does not exist", () => {
    const used = uses.flatMap((text) =>
      Array.from(text.matchAll(/^ {2}"(@oauth1\/[^"]+)": /gm), ([, specifier]) => specifier),
    );
    expect(used.sort()).toEqual([...entryPoints].sort());
  });

  it("has a page that counts the packages and their entry points", () => {
    expect(page).toContain(`The command packs the ${packageNames.length} packages`);
    expect(page).toContain(`The packages have ${entryPoints.length} entry points`);
  });
});
