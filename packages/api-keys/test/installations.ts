import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyTemplate, isMissing } from "@oauth1/test-servers";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, inject } from "vitest";
import { createAccount, createUser, findUserByName, type Role } from "../src/admin.js";
import { rateLimits } from "../src/database/schema.js";
import {
  type Actor,
  type Installation,
  type InstallationOptions,
  openInstallation,
  SYSTEM,
} from "../src/index.js";

/** An installation for a test, and its options. */
export interface Opened {
  readonly installation: Installation;
  readonly options: InstallationOptions;
  /** The milliseconds that the clock of the installation is ahead of the system clock. */
  skew: number;
}

/** Runs the same tests on the embedded database and on PostgreSQL. */
export function onBothDatabases(tests: (opened: Opened, name: "PGlite" | "PostgreSQL") => void) {
  for (const name of ["PGlite", "PostgreSQL"] as const) {
    describe.skipIf(name === "PostgreSQL" && isMissing("postgres"))(`on ${name}`, () => {
      const opened: { installation?: Installation; options?: InstallationOptions; skew: number } = {
        skew: 0,
      };
      beforeAll(async () => {
        opened.options = {
          ...(name === "PGlite" ? freshFolder() : await freshDatabase()),
          clock: () => new Date(Date.now() + opened.skew),
        };
        opened.installation = await openInstallation(opened.options);
      });
      beforeEach(() => forgetRates(opened.installation as Installation));
      afterAll(async () => {
        await opened.installation?.close();
        rmSync(opened.options?.dataFolder ?? "", { recursive: true, force: true });
      });
      tests(opened as Opened, name);
    });
  }
}

/** Ends the time windows of all rate limits. */
export async function forgetRates({ database }: Installation): Promise<void> {
  await database.delete(rateLimits);
}

/** Creates a folder with an embedded database and its tables. */
export function freshFolder(): InstallationOptions {
  return { dataFolder: copyTemplate(inject("templateFolder")) };
}

/** Creates an empty database in the PostgreSQL server. */
export async function freshDatabase(): Promise<InstallationOptions> {
  const url = new URL(inject("postgresUrl") ?? "");
  const client = new pg.Client({ connectionString: url.href });
  const name = `test_${randomBytes(6).toString("hex")}`;
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return {
    dataFolder: mkdtempSync(join(tmpdir(), "oauth1-api-keys-")),
    databaseUrl: url.href,
  };
}

/** Creates an account for one test, with one user. */
export async function freshAccount(
  installation: Installation,
  role: Role = "Administrator",
): Promise<{ accountId: string; actor: Actor }> {
  const accountId = randomBytes(8).toString("hex");
  await createAccount(installation, { id: accountId, name: "Test" });
  const username = `user-${randomUUID()}`;
  await createUser(installation, accountId, SYSTEM, { username, role });
  const user = await findUserByName(installation.database, accountId, username);
  return { accountId, actor: { id: user?.id ?? null, name: username } };
}

/** The fields of an example key. */
export const WEATHER_BOT = {
  applicationName: "Weather bot",
  developerName: "Jane Doe",
  category: "agent-interactions",
  permissions: ["user-login"],
};
