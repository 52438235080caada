// The plan of each statement of a dance and of the store, among 100,000 rows in each table.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renewTokenCredentials } from "@oauth1/client/authorization";
import { isMissing, startPostgres } from "@oauth1/test-servers";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenSqlStore, openSqlStore } from "../src/stores/sql.js";
import { credentialsOf, PRINTER, serve } from "./served-provider.js";

const ROWS = 100_000;
const TABLES = ["oauth1_temporary_credentials", "oauth1_token_credentials", "oauth1_nonces"];
/** 44 characters, as identifiers, hashes and secrets have them. */
const TEXT = "encode(sha256((n || 'text')::bytea), 'base64')";

describe.skipIf(isMissing("postgres"))("among 100,000 rows in each table", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-provider-"));
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let store: OpenSqlStore;
  beforeAll(async () => {
    postgres = await startPostgres({ settings: { fsync: "off" } });
    store = await openSqlStore({ dataFolder, databaseUrl: postgres.url });
    const series = `from generate_series(1, ${ROWS}) n`;
    for (const statement of [
      `insert into oauth1_temporary_credentials
       select ${TEXT}, 'client ' || n % 100, 'https://client.example.com/callback',
       now() + (n - 5000) * interval '1 second', 'pending', null, null, 0, '', ${TEXT} || ${TEXT} || ${TEXT} ${series}`,
      `insert into oauth1_token_credentials
       select ${TEXT}, 'client ' || n % 100, 'owner ' || n / 3, now(), null, null, '', ${TEXT} || ${TEXT} ${series}`,
      `insert into oauth1_nonces
       select extract(epoch from now()) - n % 600, gen_random_uuid(), extract(epoch from now()) + 600 - n % 600 ${series}`,
      ...TABLES.map((table) => `analyze ${table}`),
    ]) {
      await store.client.query(statement, []);
    }
  });
  afterAll(async () => {
    await store?.close();
    await postgres?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it("no statement reads a whole table", async () => {
    const { client } = store;
    const query = client.query.bind(client);
    /** The kinds of nodes in the plan of each statement. */
    const plans = new Map<string, Set<string>>();
    client.query = async (text, values) => {
      const { rows } = await query(`explain (format json) ${text}`, values);
      const kinds = JSON.stringify(rows).matchAll(/"Node Type":"([^"]+)"/g);
      plans.set(text, new Set([...kinds].map(([, kind = ""]) => kind)));
      return query(text, values);
    };
    const nonces = postgresNonceStore(client);
    const { approved, exchange, callApi, provider, address, fetch } = serve(store, {
      nonces,
      tokenLifetime: 3600,
    });
    const { temporary, verifier } = await approved();
    const token = await exchange(temporary, verifier);
    expect(await callApi(token)).toBe("jane");
    const renewed = await renewTokenCredentials(address(provider.paths.token), {
      client: credentialsOf(PRINTER),
      tokenCredentials: token,
      sessionHandle: token.sessionHandle ?? "",
      fetch,
    });
    expect(await provider.listTokens("jane")).toHaveLength(1);
    expect(await provider.revokeToken("jane", renewed.identifier)).toBe(true);
    expect(await store.removeExpired(new Date())).toBe(1000);
    await nonces.sweep();

    const scans = [...plans].filter(([, kinds]) => kinds.has("Seq Scan"));
    expect(scans).toEqual([]);
    for (const table of TABLES) {
      expect([...plans.keys()].filter((text) => text.includes(table)).length).toBeGreaterThan(1);
    }
  });
});
