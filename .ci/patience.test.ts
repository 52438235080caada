// Every test project has the same time limits, and a test can only extend them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { patience } from "./patience.js";
import { root } from "./published.mjs";

const folders = ["packages", "conformance", "."]
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)))
  .filter((folder) => existsSync(join(root, folder, "test")));

describe("the settings of vitest", () => {
  it.each(folders)("wait for a slow machine in %s", (folder) => {
    const settings = readFileSync(join(root, folder, "vitest.config.ts"), "utf8");
    expect(settings).toContain("...patience");
    expect(settings).not.toMatch(/[tT]imeout:/);
  });

  it.each([".ci", ...folders.map((folder) => join(folder, "test"))].flatMap(testFiles))(
    "are not shortened in %s",
    (file) => {
      const text = readFileSync(join(root, file), "utf8");
      // Options between the title and the function, or a number after the function.
      const own = [
        ...text.matchAll(/["`],? *\{[^{}()]*\btimeout: ([\d_]+)[^{}()]*\},\s*(?:async )?\(/g),
        ...text.matchAll(/^\s*\}, ([\d_]+)\);$/gm),
        ...text.matchAll(/^\s*\},\n\s*([\d_]+),\n\s*\);$/gm),
      ].map(([, limit = ""]) => Number(limit.replaceAll("_", "")));
      expect(own.filter((limit) => limit < patience.testTimeout)).toEqual([]);
    },
  );
});

function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
}
