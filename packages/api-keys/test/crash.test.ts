import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isMissing, startPostgres } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";
import { openInstallation } from "../src/index.js";
import { type Acknowledged, requireAll, startWriter, startWriting } from "./crash-writer.js";
import { heldKeys } from "./held-keys.mjs";
import { freshFolder } from "./installations.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";
/** The number of times the process is killed. */
const KILLS = isDeep ? 50 : 3;
/** The number of times the PostgreSQL server is killed. */
const SERVER_KILLS = isDeep ? 50 : 4;
/** The minimum number of acknowledged keys between two kills. */
const BETWEEN = 5;

describe("acknowledged writes survive kill -9", { timeout: 3_600_000 }, () => {
  it(`of the process with the embedded database, ${KILLS} times`, async () => {
    const { dataFolder } = freshFolder();
    const acknowledged = new Map<string, string | undefined>();
    let writer = startWriter(dataFolder, acknowledged);
    for (let kill = 0; kill < KILLS; kill++) {
      const next = startWriter(dataFolder, acknowledged);
      const before = new Map(acknowledged);
      requireAll(before, await writer.begin());
      while (acknowledged.size < before.size + BETWEEN) await wait(1);
      await wait(kill % 10);
      await writer.kill();
      writer = next;
    }
    await writer.kill();
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILLS * BETWEEN);
    rmSync(dataFolder, { recursive: true });
  });

  it.skipIf(isMissing("postgres"))(`of the PostgreSQL server, ${SERVER_KILLS} times`, async () => {
    const postgres = await startPostgres();
    const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-api-keys-"));
    const installation = await openInstallation({ dataFolder, databaseUrl: postgres.url });
    const acknowledged: Acknowledged = new Map();
    const writing = startWriting(installation, acknowledged);
    for (let kill = 0; kill < SERVER_KILLS; kill++) {
      const before = acknowledged.size;
      while (acknowledged.size < before + BETWEEN) await wait(1);
      await wait(kill % 10);
      await postgres.kill();
      const until = new Map(acknowledged);
      await postgres.restart();
      await writing.pauseFor(async () => requireAll(until, await heldKeys(installation)));
    }
    await writing.stop();
    await installation.close();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true });
  });
});
