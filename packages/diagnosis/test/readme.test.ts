import { readFileSync } from "node:fs";
import { mistakes } from "@oauth1/diagnosis";
import { expect, it } from "vitest";

it("the README lists every mistake of the catalogue with its section", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| `(\w+)` +\| \[(§[\d.]+)\]/gm)].map(([, name, section]) => [
    name,
    section,
  ]);
  expect(rows).toEqual(Object.entries(mistakes).map(([name, { section }]) => [name, section]));
});
