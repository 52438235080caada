import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMissing, startPostgres, type TestServer } from "@oauth1/test-servers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage, type StorageOptions, storageRules, transactionClient } from "../src/index.js";
import { keepVacuumed } from "../src/vacuum.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-storage-"));
let postgres: TestServer | undefined;
beforeAll(async () => {
  postgres = isMissing("postgres")
    ? undefined
    : await startPostgres({ settings: { fsync: "off" } });
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true });
});

/** A folder of migrations with one table. */
function migrationsOf(table: string): string {
  const path = join(folder, `migrations-${table}`);
  mkdirSync(join(path, "meta"), { recursive: true });
  writeFileSync(join(path, "0000_tables.sql"), `create table ${table} (id text primary key);`);
  const entries = [{ idx: 0, version: "7", when: 1, tag: "0000_tables", breakpoints: true }];
  const journal = { version: "7", dialect: "postgresql", entries };
  writeFileSync(join(path, "meta/_journal.json"), JSON.stringify(journal));
  return path;
}

for (const name of ["PGlite", "PostgreSQL"] as const) {
  describe.skipIf(name === "PostgreSQL" && isMissing("postgres"))(`a storage on ${name}`, () => {
    const options = (): StorageOptions => ({
      dataFolder: join(folder, name),
      ...(name === "PostgreSQL" && { databaseUrl: postgres?.url }),
    });

    it("keeps the tables of two packages apart, and their rows when it is opened again", async () => {
      const photos = { folder: migrationsOf("photos"), table: "photos_migrations" };
      const albums = { folder: migrationsOf("albums"), table: "albums_migrations" };
      const statements = ["create table if not exists notes (id text)"];
      const first = await openStorage(options(), { ...photos, statements });
      await first.client.query("insert into photos values ($1)", ["vacation.jpg"]);
      await first.close();
      const second = await openStorage(options(), albums);
      await second.client.query("insert into albums values ($1)", ["summer"]);
      await second.close();
      const both = await openStorage(options(), [photos, albums]);
      await both.database.transaction(async (transaction) => {
        const { rows } = await transactionClient(transaction).query(
          "insert into photos values ($2), ($1) returning id",
          ["b.jpg", "a.jpg"],
        );
        expect(rows).toEqual([{ id: "a.jpg" }, { id: "b.jpg" }]);
        const removed = "delete from photos where id <> $1";
        await transactionClient(transaction).query(removed, ["vacation.jpg"]);
      });
      await both.close();
      const third = await openStorage(options(), { ...photos, statements });
      await third.ping();
      const { rows } = await third.client.query(
        "select photos.id as photo, albums.id as album from photos, albums, (select count(*) from notes) as n",
        [],
      );
      expect(rows).toEqual([{ photo: "vacation.jpg", album: "summer" }]);
      await third.close();
    });

    it("runs the migrations once when several open it concurrently", async () => {
      if (name === "PGlite") return; // Only one can open a folder.
      const migrations = { folder: migrationsOf("races"), table: "races_migrations" };
      const opened = await Promise.all(
        Array.from({ length: 5 }, () => openStorage(options(), migrations)),
      );
      for (const each of opened) await each.close();
    });
  });
}

describe("openStorage", () => {
  it.each([
    [{}, {}, "dataFolder must be a non-empty string"],
    [{ dataFolder: "x", databaseURL: "postgres://x" }, {}, "databaseURL is not an option"],
    [{ dataFolder: "x", databaseUrl: "mysql://x" }, {}, "databaseUrl must be a URL that starts"],
    [
      { dataFolder: "x" },
      { statements: [1] },
      "migrations.statements must be a list of statements",
    ],
    [{ dataFolder: "x" }, undefined, "migrations must be an object"],
  ])("rejects %j with %j", async (wrong, migrations, message) => {
    await expect(openStorage(wrong as never, migrations as never)).rejects.toMatchObject({
      name: "StorageError",
      code: "ERR_STORAGE_ARGUMENT",
      message: expect.stringContaining(`openStorage: ${message}`),
    });
    expect(Object.keys(storageRules)).toContain("dataFolder");
  });

  it("says which server does not answer, without its password", async () => {
    const databaseUrl = "postgres://user:hidden-word@127.0.0.1:1/photos";
    const opening = openStorage({ dataFolder: join(folder, "none"), databaseUrl }, {});
    const error = await opening.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "ERR_DATABASE" });
    expect(String(error)).toContain("cannot open the PostgreSQL server");
    expect(String(error)).not.toContain("hidden-word");
  });

  it("says which folder it cannot use", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    await expect(openStorage({ dataFolder: file }, {})).rejects.toMatchObject({
      code: "ERR_DATA_FOLDER",
      message: expect.stringContaining(file),
    });
  });

  it.skipIf(process.platform !== "linux")(
    "rejects a folder where the file system creates none",
    async () => {
      const open = openStorage({ dataFolder: "/proc/photos/data" }, {});
      await expect(open).rejects.toMatchObject({
        code: "ERR_DATA_FOLDER",
        message: expect.stringContaining("mkdir failed with ENOENT"),
      });
    },
  );
});

describe("the embedded database", () => {
  it("is synced as a whole when it is new or a copy, and not when it is opened again", async () => {
    const original = join(folder, "original");
    const open = async (dataFolder: string) => {
      await (await openStorage({ dataFolder }, {})).close();
      const { mtimeNs, ino } = statSync(join(dataFolder, "pglite/synced"), { bigint: true });
      return { mtimeNs, ino };
    };
    const first = await open(original);
    expect(await open(original)).toEqual(first);
    const copy = join(folder, "copy");
    cpSync(original, copy, { recursive: true, preserveTimestamps: true });
    const ofCopy = await open(copy);
    expect(ofCopy.mtimeNs).toBeGreaterThan(first.mtimeNs);
    expect(await open(copy)).toEqual(ofCopy);
  });

  it("reclaims the space of deleted rows", async () => {
    const storage = await openStorage(
      // The folder of the tests above, because making a database takes seconds.
      { dataFolder: join(folder, "PGlite") },
      { statements: ["create table if not exists pages (text text)"] },
    );
    const { client } = storage;
    const stop = keepVacuumed(client, 20);
    const size = async () => {
      const { rows } = await client.query("select pg_relation_size('pages')::integer as size", []);
      return (rows[0] as { size: number }).size;
    };
    for (let round = 0; round < 4; round++) {
      await client.query(
        "insert into pages select repeat('x', 100) from generate_series(1, 2000)",
        [],
      );
      const full = await size();
      await client.query("delete from pages", []);
      await expect.poll(size).toBeLessThan(full);
    }
    stop();
    await storage.close();
  });
});
