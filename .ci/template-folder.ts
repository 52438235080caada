// Global set-up of the test projects that use an embedded database: a folder for the template that
// the first test makes and the others copy.
//
//     export default defineConfig({ test: { globalSetup: "../../.ci/template-folder.ts", ...patience } });
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The path of the template, which may not exist yet. */
    template: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-template-"));
  project.provide("template", join(folder, "template"));
  return () => rmSync(folder, { recursive: true });
}
