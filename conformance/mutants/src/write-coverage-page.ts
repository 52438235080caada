import { writeFileSync } from "node:fs";
import { loadVectors } from "@oauth1/conformance";
import { coveragePage } from "./coverage-page.js";
import { mutants } from "./mutants.js";
import { sections } from "./sections.js";

writeFileSync(
  new URL("../../../docs/coverage.md", import.meta.url),
  coveragePage(sections, { files: loadVectors(), mutants }),
);
