import { isMissing, startPostgres, type TestServer } from "@oauth1/test-servers";
import { type SpendableNonce, VerifierError } from "@oauth1/verifier";
import { createNonceTable, postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openPglite } from "./pglite.js";
import { connectPg } from "./stores.js";

const START = 1_191_242_096;
const TOLERANCE = 300;

function nonceAt(timestamp: number, name: string | number, tolerance = TOLERANCE): SpendableNonce {
  const expires = timestamp + tolerance;
  return { client: "dpf43f3p2l4k3l03", token: undefined, timestamp, nonce: String(name), expires };
}

describe.skipIf(isMissing("postgres"))("postgres", () => {
  let server: TestServer;
  let pool: pg.Pool;
  let now = START;
  const clock = () => now;
  beforeAll(async () => {
    server = await startPostgres({ settings: { fsync: "off" } });
    pool = connectPg(server.url);
    await pool.query(createNonceTable());
  });
  // Time passes for the process as for the clock: nobody sets it.
  const passed = performance.now.bind(performance);
  beforeAll(() => {
    vi.spyOn(performance, "now").mockImplementation(() => passed() + (now - START) * 1000);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
  beforeEach(async () => {
    now = START;
    await pool.query("TRUNCATE oauth1_nonces");
  });
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  async function count(): Promise<number> {
    const { rows } = await pool.query("SELECT count(*)::integer AS count FROM oauth1_nonces");
    return rows[0].count;
  }

  it("sweeps only nonces that have expired for longer than the skew and the timeout", async () => {
    const store = postgresNonceStore(pool, { clock, sweepInterval: null, clockSkew: 30 });
    await store.spend(nonceAt(START - 1, "older"));
    await store.spend(nonceAt(START, "old"));
    await store.spend(nonceAt(START, "patient", 10 * TOLERANCE));
    await store.spend(nonceAt(START + 1, "later"));
    now = START + TOLERANCE + 30 + 1;
    expect(await store.sweep()).toBe(1);
    now += 1;
    expect(await store.sweep()).toBe(1);
    expect(await count()).toBe(2);
    expect(await store.spend(nonceAt(START, "patient", 10 * TOLERANCE))).toBe("used");
    now += 10 * TOLERANCE;
    expect(await store.sweep()).toBe(2);
    expect(await store.sweep()).toBe(0);
  });

  it("sweeps more than one statement removes, once each, in several processes at a time", async () => {
    await pool.query(
      `INSERT INTO oauth1_nonces SELECT $1, md5(number::text)::uuid, $2
       FROM generate_series(1, 25000) AS number`,
      [START, START + TOLERANCE],
    );
    now = START + 10_000;
    const stores = [1, 2, 3].map(() => postgresNonceStore(pool, { clock }));
    const removed = await Promise.all(stores.map((store) => store.sweep()));
    expect(removed.reduce((sum, part) => sum + part)).toBe(25_000);
    expect(await count()).toBe(0);
  });

  it("sweeps automatically at intervals", async () => {
    const store = postgresNonceStore(pool, { clock, sweepInterval: 60 });
    await store.spend(nonceAt(START, "old"));
    now = START + TOLERANCE + 62;
    await store.spend(nonceAt(now, "new"));
    await expect.poll(count).toBe(1);
  });

  it("reports why a sweep failed, and still spends nonces", async () => {
    const errors: unknown[] = [];
    const client = {
      query(text: string, values: unknown[]) {
        if (text.includes("DELETE")) throw new Error("permission denied");
        return pool.query(text, values);
      },
    };
    const onSweepError = (error: unknown) => errors.push(error);
    const store = postgresNonceStore(client, { clock, sweepInterval: 1, onSweepError });
    now += 1;
    expect(await store.spend(nonceAt(now, 1))).toBe("fresh");
    await expect.poll(() => errors).toEqual([new Error("permission denied")]);
  });

  it("sweeps with the index of the primary key", async () => {
    const store = postgresNonceStore(
      {
        async query(text, values) {
          const { rows } = await pool.query(`EXPLAIN ${text}`, values);
          plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
          return { rows: [{ count: 0 }] };
        },
      },
      { clock },
    );
    let plan = "";
    await pool.query(
      `INSERT INTO oauth1_nonces SELECT $1 + number / 100, md5(number::text)::uuid, $1 + 300 + number / 100
       FROM generate_series(1, 60000) AS number`,
      [START],
    );
    await pool.query("ANALYZE oauth1_nonces");
    now = START + TOLERANCE + 70;
    await store.spend(nonceAt(now, 1));
    await store.sweep();
    expect(plan).toContain("oauth1_nonces_pkey");
    expect(plan).not.toContain("Seq Scan");
  });

  it("accepts the table's name and schema", async () => {
    await pool.query("CREATE SCHEMA IF NOT EXISTS other");
    await pool.query(createNonceTable("other.Nonces"));
    const store = postgresNonceStore(pool, { clock, table: "other.Nonces" });
    expect(await store.spend(nonceAt(START, 1))).toBe("fresh");
    expect(await store.spend(nonceAt(START, 1))).toBe("used");
    expect(await count()).toBe(0);
    for (const table of ["", "a.b.c", 'a"b', "a; DROP TABLE b", "a b", "x".repeat(64)]) {
      expect(() => createNonceTable(table), table).toThrow(VerifierError);
      expect(() => postgresNonceStore(pool, { table }), table).toThrow(VerifierError);
    }
  });

  it("throws if the server is slow", async () => {
    const store = postgresNonceStore(pool, { clock, timeout: 50 });
    const other = await pool.connect();
    await other.query("BEGIN; LOCK TABLE oauth1_nonces IN ACCESS EXCLUSIVE MODE");
    await expect(store.spend(nonceAt(START, 1))).rejects.toMatchObject({
      code: "ERR_NONCES_TIMEOUT",
    });
    await other.query("ROLLBACK");
    other.release();
    await expect.poll(() => store.spend(nonceAt(START, 1))).toBe("used");
  });

  it("throws if the table is missing", async () => {
    const store = postgresNonceStore(pool, { clock, table: "elsewhere" });
    await expect(store.spend(nonceAt(START, 1))).rejects.toThrow('"elsewhere" does not exist');
  });
});

describe("PGlite", () => {
  it("creates the table once, spends and sweeps", async () => {
    let now = START;
    const { client, close } = await openPglite();
    await client.query(createNonceTable());
    await client.query(createNonceTable());
    const store = postgresNonceStore(client, { clock: () => now });
    expect(await store.spend(nonceAt(START, 1))).toBe("fresh");
    expect(await store.spend(nonceAt(START, 1))).toBe("used");
    now += 10_000;
    const later = performance.now() + 10_000_000;
    vi.spyOn(performance, "now").mockReturnValue(later);
    expect(await store.sweep()).toBe(1);
    vi.restoreAllMocks();
    await close();
  });
});
