// A power loss. With the embedded database, the disk then holds only what was synced. PostgreSQL syncs by
// itself: its data folder is copied at a moment between two instructions. `npm run test:failover` has more
// of them.
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isMissing, startPostgres, startPostgresCopy } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";
import { openInstallation } from "../src/index.js";
import { type Acknowledged, requireAll, startWriter, startWriting } from "./crash-writer.js";
import { heldKeys } from "./held-keys.mjs";
import { freshFolder } from "./installations.js";

const LOSSES = process.env["OAUTH1_DEEP"] === "1" ? 50 : 2;
/** The minimum number of acknowledged keys between two losses. */
const BETWEEN = 5;

const disk = pathToFileURL(join(import.meta.dirname, "power-loss-disk.mjs")).href;

describe("acknowledged writes survive a power loss", { timeout: 3_600_000 }, () => {
  it(`of the machine with the embedded database, ${LOSSES} times`, async () => {
    const parent = mkdtempSync(join(tmpdir(), "oauth1-api-keys-"));
    const acknowledged: Acknowledged = new Map();
    let dataFolder = join(parent, "0");
    for (let loss = 0; loss <= LOSSES; loss++) {
      const onDisk = join(parent, `disk ${loss}`);
      const writer = startWriter(dataFolder, acknowledged, {
        execArgv: ["--import", disk],
        env: { OAUTH1_WRITTEN: join(dataFolder, "pglite"), OAUTH1_ON_DISK: onDisk },
      });
      const before = new Map(acknowledged);
      requireAll(before, await writer.begin());
      const enough = before.size + BETWEEN;
      while (acknowledged.size < enough) await wait(1);
      await wait((loss * 7) % 40);
      await writer.kill();
      expect(existsSync(join(onDisk, "pg_wal"))).toBe(true);
      const next = join(parent, `${loss + 1}`);
      cpSync(onDisk, join(next, "pglite"), { recursive: true });
      for (const name of readdirSync(dataFolder)) {
        if (name.startsWith("encryption-keys")) cpSync(join(dataFolder, name), join(next, name));
      }
      rmSync(dataFolder, { recursive: true });
      rmSync(onDisk, { recursive: true });
      dataFolder = next;
    }
    console.log(
      `PGlite: ${acknowledged.size} acknowledged keys, ${LOSSES} power losses: none lost`,
    );
    rmSync(parent, { recursive: true });
  });

  it.skipIf(isMissing("postgres"))(
    `of the PostgreSQL server's machine, ${LOSSES} times`,
    async () => {
      const postgres = await startPostgres();
      const { dataFolder } = freshFolder();
      const installation = await openInstallation({ dataFolder, databaseUrl: postgres.url });
      const acknowledged: Acknowledged = new Map();
      const writing = startWriting(installation, acknowledged);
      for (let loss = 0; loss < LOSSES; loss++) {
        const enough = acknowledged.size + BETWEEN;
        while (acknowledged.size < enough) await wait(1);
        await wait((loss * 7) % 40);
        const before = new Map(acknowledged);
        const copy = await startPostgresCopy(postgres);
        await writing.pauseFor(async () => {
          const after = await openInstallation({ dataFolder, databaseUrl: copy.url });
          requireAll(before, await heldKeys(after));
          await after.close();
        });
        await copy.stop();
      }
      await writing.stop();
      await installation.close();
      await postgres.stop();
      rmSync(dataFolder, { recursive: true });
      console.log(
        `PostgreSQL: ${acknowledged.size} acknowledged keys, ${LOSSES} copies during writes: none lost`,
      );
    },
  );
});
