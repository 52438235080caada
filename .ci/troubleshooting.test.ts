// The mistakes and problems in the troubleshooting guide exist.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mistakes } from "../packages/diagnosis/dist/index.js";

const page = readFileSync(new URL("../docs/troubleshooting.md", import.meta.url), "utf8");
const problems = readFileSync(
  new URL("../packages/auth-header/src/problem-code.ts", import.meta.url),
  "utf8",
);

it("the troubleshooting guide names only mistakes of the catalogue", () => {
  const named = [...page.matchAll(/`([A-Z][a-z]+(?:[A-Z]\w*)+)`/g)].map(([, name]) => name);
  const others = ["URLSearchParams", "URLEncoder"];
  const known = new Set<string>([...Object.keys(mistakes), ...others]);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name = "") => !known.has(name))).toEqual([]);
});

it("the troubleshooting guide explains each problem of the Problem Reporting extension", () => {
  const codes = [...problems.matchAll(/\| "(\w+)"/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
