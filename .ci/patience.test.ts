// Every project of tests has the same limits of time.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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
});
