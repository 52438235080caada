// Installations behind PgBouncer in transaction mode. `npm run test:failover` runs it.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMissing, startPgBouncer, startPostgres } from "@oauth1/test-servers";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { createAccount } from "../src/admin.js";
import { createKey, openInstallation, SYSTEM } from "../src/index.js";
import { heldKeys } from "./held-keys.mjs";
import { WEATHER_BOT } from "./installations.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";

describe.skipIf(!isDeep || isMissing("postgres") || isMissing("pgbouncer"))("PgBouncer", () => {
  it("opens six installations at once, of which each creates keys, and leaves no lock", async () => {
    const server = await startPostgres({ settings: { fsync: "off" } });
    const pooler = await startPgBouncer(server.url, {
      settings: { ignore_startup_parameters: "statement_timeout" },
    });
    const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-api-keys-"));
    const direct = new pg.Client({ connectionString: server.url });
    try {
      const installations = await Promise.all(
        Array.from({ length: 6 }, () => openInstallation({ dataFolder, databaseUrl: pooler.url })),
      );
      await Promise.all(
        installations.map(async (installation) => {
          const id = randomBytes(8).toString("hex");
          await createAccount(installation, { id, name: "Pooled" });
          await Promise.all(
            Array.from({ length: 10 }, () => createKey(installation, id, SYSTEM, WEATHER_BOT)),
          );
        }),
      );
      const held = await heldKeys(installations[0] as (typeof installations)[number]);
      expect(held).toHaveLength(60);
      expect(held.every(({ whole }) => whole)).toBe(true);
      await direct.connect();
      const locks = await direct.query("select * from pg_locks where locktype = 'advisory'");
      expect(locks.rows).toEqual([]);
      for (const installation of installations) await installation.close();
    } finally {
      await direct.end();
      await pooler.stop();
      await server.stop();
      rmSync(dataFolder, { recursive: true });
    }
  });
});
