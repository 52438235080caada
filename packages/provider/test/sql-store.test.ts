import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addEncryptionKey, dropOldKeys, keyFileOf } from "@oauth1/storage";
import { isMissing, startPostgres } from "@oauth1/test-servers";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenSqlStore, openSqlStore } from "../src/stores/sql.js";
import { serve } from "./served-provider.js";

describe.skipIf(isMissing("postgres"))("the store in PostgreSQL", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-provider-"));
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let store: OpenSqlStore;
  beforeAll(async () => {
    postgres = await startPostgres({ settings: { fsync: "off" } });
    store = await openSqlStore({ dataFolder, databaseUrl: postgres.url });
  });
  afterAll(async () => {
    await store?.close();
    await postgres?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const rowsOf = async (text: string, values: unknown[] = []) =>
    (await store.client.query(text, values)).rows as Record<string, unknown>[];

  it("contains no secret and no code in plain text", async () => {
    const { approved, exchange } = serve(store, { nonces: postgresNonceStore(store.client) });
    const first = await approved();
    const second = await approved();
    const token = await exchange(second.temporary, second.verifier);
    const dump = JSON.stringify([
      await rowsOf("select * from oauth1_temporary_credentials"),
      await rowsOf("select * from oauth1_token_credentials"),
    ]);
    expect(dump).toContain(token.identifier);
    for (const secret of [
      first.temporary.sharedSecret,
      first.verifier,
      second.verifier,
      token.sharedSecret,
    ]) {
      expect(dump).not.toContain(secret);
    }
  });

  it("encrypts every secret again after the encryption key was rotated", async () => {
    const { approved, exchange, callApi } = serve(store);
    const pending = await approved();
    const used = await approved();
    const token = await exchange(used.temporary, used.verifier);
    addEncryptionKey(keyFileOf(dataFolder));
    expect(await store.reencryptSecrets()).toBeGreaterThanOrEqual(2);
    expect(await store.reencryptSecrets()).toBe(0);
    dropOldKeys(keyFileOf(dataFolder));
    // Another process, which has only the new key.
    const second = await openSqlStore({ dataFolder, databaseUrl: postgres.url });
    const there = serve(second);
    expect(await there.callApi(token)).toBe("jane");
    expect(await callApi(await there.exchange(pending.temporary, pending.verifier))).toBe("jane");
    await second.close();
  });

  it("rejects a secret that was moved to another token's row", async () => {
    const { approved, exchange, callApi } = serve(store);
    const [one, other] = [await approved(), await approved()];
    const mine = await exchange(one.temporary, one.verifier);
    const theirs = await exchange(other.temporary, other.verifier);
    await rowsOf(
      `update oauth1_token_credentials set sealed = (select sealed from oauth1_token_credentials
       where identifier = $1) where identifier = $2`,
      [mine.identifier, theirs.identifier],
    );
    expect(await callApi({ ...theirs, sharedSecret: mine.sharedSecret })).toBe("store_unavailable");
  });

  it("removes expired temporary credentials a thousand at a time", async () => {
    const add = `insert into oauth1_temporary_credentials
      (identifier, client, callback, expires_at, encryption_key_id, sealed)
      select 'expired ' || n, 'c', 'oob', $1, '', '' from generate_series(1, 2500) n`;
    await rowsOf(add, [new Date(Date.now() - 1000)]);
    const removed = [];
    do removed.push(await store.removeExpired(new Date()));
    while (removed.at(-1) !== 0);
    expect(removed).toEqual([1000, 1000, 500, 0]);
  });

  it("serves two processes: what one issues, the other accepts", async () => {
    const second = await openSqlStore({ dataFolder, databaseUrl: postgres.url });
    const session = `owner${randomBytes(4).toString("hex")}-1`;
    const here = serve(store);
    const there = serve(second);
    const { temporary, verifier } = await here.approved(undefined, session);
    const token = await there.exchange(temporary, verifier);
    expect(await here.callApi(token)).toBe(session.slice(0, -2));
    await second.close();
  });
});
