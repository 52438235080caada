// Global set-up of all test files: a PGlite folder with the tables, which each file copies, and a
// PostgreSQL server, in which each file creates its own databases.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMissing, startPostgres } from "@oauth1/test-servers";
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
  const [postgres] = await Promise.all([
    isMissing("postgres") ? undefined : startPostgres({ settings: { fsync: "off" } }),
    openInstallation({ dataFolder: join(folder, "made") }).then((each) => each.close()),
  ]);
  // Only the database is copied, because each installation creates its own encryption key.
  cpSync(join(folder, "made", "pglite"), join(folder, "template", "pglite"), { recursive: true });
  project.provide("templateFolder", join(folder, "template"));
  project.provide("postgresUrl", postgres?.url);
  return async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true });
  };
}
