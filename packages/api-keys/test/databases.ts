// Global set-up of all test files: a PGlite folder with the tables, which each file copies, and a
// PostgreSQL server, in which each file creates its own databases.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMissing, makeTemplate, startPostgres } from "@oauth1/test-servers";
import type { TestProject } from "vitest/node";
import { openInstallation } from "../src/index.js";

declare module "vitest" {
  interface ProvidedContext {
    templateFolder: string;
    /** Undefined if PostgreSQL is not installed. */
    postgresUrl: string | undefined;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-api-keys-"));
  const template = join(folder, "template");
  const [postgres] = await Promise.all([
    isMissing("postgres") ? undefined : startPostgres({ settings: { fsync: "off" } }),
    makeTemplate(template, (dataFolder) => openInstallation({ dataFolder })),
  ]);
  project.provide("templateFolder", template);
  project.provide("postgresUrl", postgres?.url);
  return async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true });
  };
}
