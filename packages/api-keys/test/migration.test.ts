import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { afterAll, expect, it } from "vitest";
import { createOneTimeLink, listUsers } from "../src/admin.js";
import { openInstallation, SYSTEM } from "../src/index.js";
import { readOneTimeLink } from "../src/sign-in/one-time-link.js";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-migration-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("the migration deletes the links of a user who has several one-time links", async () => {
  // The tables as they were before one-time links were unique per user.
  const earlier = join(folder, "migrations");
  cpSync(MIGRATIONS, earlier, { recursive: true });
  const journal = JSON.parse(readFileSync(join(earlier, "meta/_journal.json"), "utf8"));
  journal.entries.splice(2);
  writeFileSync(join(earlier, "meta/_journal.json"), JSON.stringify(journal));

  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);
  const client = await PGlite.create(join(dataFolder, "pglite"));
  await migrate(drizzle(client), { migrationsFolder: earlier });
  await client.exec(`
    insert into accounts values ('1', 'Test', now());
    insert into users values
      (gen_random_uuid(), '1', 'jane', 'Agent', null, true, now()),
      (gen_random_uuid(), '1', 'john', 'Agent', null, true, now());
    insert into one_time_links
      select encode(sha256(convert_to(username || number, 'UTF8')), 'hex'), id, now() + interval '1 day'
      from users, generate_series(1, 2) as number where username = 'jane' or number = 1;
    insert into sign_in_failures values (repeat('b', 64), 3, now(), now());
  `);
  await client.close();

  const installation = await openInstallation({ dataFolder });
  const users = await listUsers(installation, "1");
  expect(users.map(({ username }) => username)).toEqual(["jane", "john"]);
  for (const token of ["jane1", "jane2"]) {
    await expect(readOneTimeLink(installation, token)).rejects.toMatchObject({ code: "ERR_LINK" });
  }
  expect(await readOneTimeLink(installation, "john1")).toMatchObject({ username: "john" });
  const link = await createOneTimeLink(installation, "1", SYSTEM, users[0]?.id ?? "");
  expect(await readOneTimeLink(installation, link.token)).toMatchObject({ username: "jane" });
  await installation.close();
});
