// The programs on the pages are well typed.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { fenced, programFolder, typeErrors, writeProgram } from "./program.js";

const programs = programFolder();
afterAll(() => programs.remove());

const pagesIn = (folder: string) =>
  readdirSync(fileURLToPath(new URL(`../../../docs/${folder}/`, import.meta.url)));

it("type-checks the programs", () => {
  const sources = [
    ...pagesIn("recipes")
      .filter((page) => page !== "README.md")
      .map((page) => writeProgram(programs.path, page, fenced(`recipes/${page}`, "ts recipe"))),
    ...pagesIn("migration").map((page) =>
      writeProgram(programs.path, page, fenced(`migration/${page}`, "ts new")),
    ),
  ];
  expect(sources.length).toBe(28);
  expect(typeErrors(sources)).toEqual([]);
});
