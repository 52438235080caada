// @oauth1/storage, the database of @oauth1/provider, @oauth1/api-keys and @oauth1/console, with an embedded database in a folder of their own.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInstallation } from "@oauth1/api-keys";

export const services = {
  "@oauth1/provider/sql": ({ openSqlStore }) =>
    inFolder(async (dataFolder) => {
      const store = await openSqlStore({ dataFolder });
      assert.deepEqual(await store.listTokens("jane"), []);
      await store.close();
    }),
  "@oauth1/storage": ({ openSecret, openStorage, sealSecret }) =>
    inFolder(async (dataFolder) => {
      const statements = ["create table photos (id text)"];
      const storage = await openStorage({ dataFolder }, { statements });
      await storage.client.query("insert into photos values ($1)", ["vacation.jpg"]);
      const place = { path: ["photo", "vacation.jpg"], name: "the secret of the photo" };
      const sealed = sealSecret("secret", place, storage.keyRing);
      assert.equal(openSecret(sealed, place, storage.keyRing), "secret");
      await storage.close();
    }),
  "@oauth1/api-keys": ({ MAXIMUM_KEYS, openInstallation: open }) =>
    inFolder(async (dataFolder) => {
      assert.equal(MAXIMUM_KEYS, 100);
      await (await open({ dataFolder })).close();
    }),
  "@oauth1/api-keys/admin": ({ firstStart }) =>
    inFolder(async (dataFolder) => {
      const installation = await openInstallation({ dataFolder });
      assert.equal(typeof (await firstStart(installation)).accountId, "string");
      await installation.close();
    }),
  "@oauth1/api-keys/command": ({ keysCommand, usersCommand }) => {
    assert.match(keysCommand().helpInformation(), /^Usage: keys /);
    assert.match(usersCommand().helpInformation(), /^Usage: users /);
  },
  "@oauth1/console": ({ startConsole }) =>
    inFolder(async (dataFolder) => {
      const running = await startConsole({ port: 0, dataFolder });
      const response = await fetch(running.url);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<script [^>]*src=/);
      await running.close();
    }),
  "@oauth1/console/command": ({ consoleCommand }) => {
    assert.match(consoleCommand().helpInformation(), /--public-origin/);
  },
};

async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), "oauth1-installed-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
