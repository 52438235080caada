// A request flows one way: each package imports only from the floors below its own. The exceptions
// are named in `besides`.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const floors = [
  ["percent-encoding", "printable", "options"],
  ["base-string", "hmac-sha1", "auth-header"],
  ["signature-methods"],
  ["signer", "verifier", "diagnosis"],
  ["client", "provider", "api-keys"],
  ["conformance", "console"],
  ["cli"],
];
const besides: Record<string, string[]> = { diagnosis: ["verifier"] };

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = readdirSync(`${root}packages`).map((name) => [name, `${root}packages/${name}`]);
folders.push(["conformance", `${root}conformance`]);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(node_modules|dist|test)\//.test(file))
    .map((file) => `${folder}/${file}`);
}

/** The packages of ours that files import. */
function importsOf(files: readonly string[]): string[] {
  return files
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\bfrom "@oauth1\/([\w-]+)/g)])
    .map(([, specifier = ""]) => specifier);
}

describe("floors", () => {
  for (const [name = "", folder = ""] of folders) {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    if (manifest.private === true) continue;

    it(`${name} imports from the floors below`, () => {
      const floor = floors.findIndex((names) => names.includes(name));
      expect(floor, `${name} has no floor`).toBeGreaterThanOrEqual(0);
      const allowed = [name, ...floors.slice(0, floor).flat(), ...(besides[name] ?? [])];

      const files = sources(folder);
      expect(allowed).toEqual(expect.arrayContaining(importsOf(files)));

      // Web pages are bundled: what they import is not needed where the package is installed.
      const imported = importsOf(files.filter((file) => !file.startsWith(`${folder}/web/`)));
      const dependencies = Object.keys(manifest.dependencies ?? {})
        .filter((dependency) => dependency.startsWith("@oauth1/"))
        .map((dependency) => dependency.slice("@oauth1/".length));
      expect(imported.filter((specifier) => specifier !== name)).toEqual(
        expect.arrayContaining(dependencies),
      );
      expect(dependencies).toEqual(
        expect.arrayContaining(imported.filter((specifier) => specifier !== name)),
      );
    });
  }
});
