// Packages import only from lower layers, including types. CONTRIBUTING.md shows the layers in a picture;
// `npx vitest run -u --project ci layers` draws it again.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { drawLayers } from "../docs/.vitepress/pictures/draw-layers.js";
import { belowTheSuite, besides, layers, suite } from "./layers.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["packages", "conformance"]
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
  .filter((folder) => isPublished(folder));

function manifestOf(folder: string) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function isPublished(folder: string): boolean {
  try {
    return manifestOf(folder).private !== true;
  } catch {
    return false;
  }
}

/** Our packages that a package can import. */
function allowed(name: string): readonly string[] {
  const inSuite = suite.indexOf(name);
  if (inSuite >= 0) {
    return [...layers.slice(0, belowTheSuite[name]).flat(), ...suite.slice(0, inSuite)];
  }
  const layer = layers.findIndex((names) => names.includes(name));
  expect(layer, `${name} has no layer`).toBeGreaterThanOrEqual(0);
  return [...layers.slice(0, layer).flat(), ...(besides[name] ?? [])];
}

/** The files below a folder, without those that are installed or built. */
function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return /^(?:node_modules|dist|\.turbo)$/.test(entry.name) ? [] : files(path);
  });
}

function sources(folder: string): string[] {
  return files(folder).filter((file) => /\.tsx?$/.test(file) && !file.includes("/test/"));
}

/** Our packages that files import: statically, on demand, or by the name of a file. */
function importsOf(files: readonly string[], name: string): string[] {
  const imported = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:\bfrom |\(\s*)["'`]@oauth1\/([\w-]+)/g)].map(
      ([, specifier = ""]) => specifier,
    ),
  );
  return [...new Set(imported)].filter((specifier) => specifier !== name).sort();
}

describe("layers", () => {
  for (const folder of folders) {
    const manifest = manifestOf(folder);
    const name: string = manifest.name.replace("@oauth1/", "");

    it(`${name} imports only from lower layers`, () => {
      expect(allowed(name)).toEqual(expect.arrayContaining(importsOf(sources(folder), name)));
    });

    it(`${name} declares its imports as dependencies`, () => {
      // Web pages are bundled, so the installed package does not need their imports.
      const needed = sources(folder).filter((file) => !file.startsWith(join(folder, "web/")));
      const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
        .filter((dependency) => dependency.startsWith("@oauth1/"))
        .map((dependency) => dependency.replace("@oauth1/", ""))
        .sort();
      expect(dependencies).toEqual(importsOf(needed, name));
    });
  }
});

describe("the picture of the layers", () => {
  const published = folders.map((folder) => manifestOf(folder).name.replace("@oauth1/", ""));
  const svg = drawLayers({ layers, besides, suite, isDrawn: (name) => published.includes(name) });

  it("is up to date", async () => {
    const file = join(root, "docs/public/layers.svg");
    await expect(svg).toMatchFileSnapshot(file);
    expect(readFileSync(join(root, "CONTRIBUTING.md"), "utf8")).toContain(
      "](docs/public/layers.svg)",
    );
  });

  it("is XML and names every published package once", () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    const names = Array.from(svg.matchAll(/<text [^>]*class="package"[^>]*>([^<]+)</g));
    expect(names.map(([, name]) => name).sort()).toEqual([...published].sort());
  });
});

describe("import cycles", () => {
  it("do not exist, and would be found even if only a type is imported", async () => {
    const example = mkdtempSync(join(root, ".ci/cycle-"));
    try {
      writeFileSync(
        join(example, "a.ts"),
        'import type { B } from "./b.js";\nexport type A = B[];\n',
      );
      writeFileSync(
        join(example, "b.ts"),
        'import type { A } from "./a.js";\nexport type B = A | 1;\n',
      );
      // One run, because each reads the whole repository.
      const found = await filesInCycles(["packages", "conformance", example]);
      expect(found).toEqual([join(example, "a.ts"), join(example, "b.ts")]);
    } finally {
      rmSync(example, { recursive: true });
    }
  });
});

/** The files below these folders that import each other in a circle, by Biome. */
async function filesInCycles(within: readonly string[]): Promise<string[]> {
  const biome = join(root, "node_modules/.bin/biome");
  const rule = "suspicious/noImportCycles";
  const words = ["lint", `--only=${rule}`, "--max-diagnostics=none", "--reporter=github"];
  const { stdout } = await promisify(execFile)(biome, [...words, ...within], {
    cwd: root,
  }).catch((failed: { readonly stdout: string }) => failed);
  const lines = stdout.matchAll(/^::error title=lint\/suspicious\/noImportCycles,file=([^,]+),/gm);
  return [...new Set(Array.from(lines, ([, file = ""]) => resolve(root, file)))].sort();
}

describe("size", () => {
  it("has no package with a fifth of all lines of code", () => {
    const packages = ["packages", "conformance"]
      .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
      .filter((folder) => existsSync(join(folder, "package.json")));
    const lines = packages.map((folder) => [folder, codeLines(folder)] as const);
    const all = lines.reduce((sum, [, count]) => sum + count, 0);
    for (const [folder, count] of lines) expect(count / all, folder).toBeLessThan(0.2);
  });
});

/** The lines of a package's sources and tests. */
function codeLines(folder: string): number {
  return files(folder)
    .filter((file) => /\.(?:tsx?|mjs)$/.test(file))
    .reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length, 0);
}
