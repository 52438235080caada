// What a failover of PostgreSQL forgets, and PgBouncer. `npm run test:failover` runs it.
import { isMissing, startPgBouncer, startPostgres, startPostgresPair } from "@oauth1/test-servers";
import { createNonceTable } from "@oauth1/verifier/nonces/postgres";
import { describe, expect, it } from "vitest";
import { connectPg } from "../nonces/stores.js";
import { type Figures, startLoad } from "./load.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";
const CALLS = 20_000;
/** The milliseconds by which the standby lags, as in another data centre. */
const LAG = 20;
const processes = Array.from({ length: 8 }, () => "postgres");

describe.skipIf(!isDeep || isMissing("postgres"))("PostgreSQL", () => {
  it("accepts no replay after the primary was killed, with a synchronous standby", async () => {
    const figures = await failOver(true);
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.replays).toBe(0);
  });

  it("loses what an asynchronous standby did not have", async () => {
    const figures = await failOver(false);
    expect(figures.replays).toBeGreaterThan(0);
  });

  it.skipIf(isMissing("pgbouncer"))(
    "accepts each nonce once through PgBouncer in transaction mode",
    async () => {
      const server = await startPostgres({ settings: { fsync: "off" } });
      const pooler = await startPgBouncer(server.url);
      try {
        await createTable(pooler.url);
        const load = await startLoad(processes, [pooler.url], { timeout: 5000 });
        await load.more(CALLS);
        const figures = await load.replay();
        console.log(`PgBouncer, transaction mode: ${JSON.stringify(figures)}`);
        expect(figures.replays).toBe(0);
        expect(figures.failures).toBe(0);
      } finally {
        await pooler.stop();
        await server.stop();
      }
    },
  );
});

async function failOver(isSynchronous: boolean): Promise<Figures> {
  const pair = await startPostgresPair({ lag: LAG, isSynchronous });
  try {
    await createTable(pair.url);
    const load = await startLoad(processes, [pair.url], { timeout: 1000 });
    await load.more(CALLS);
    await pair.failOver();
    await load.more(CALLS / 10);
    const figures = await load.replay();
    const standby = isSynchronous ? "synchronous" : "asynchronous";
    console.log(
      `PostgreSQL, primary killed, ${standby} standby, lag ${LAG} ms: ${JSON.stringify(figures)}`,
    );
    return figures;
  } finally {
    await pair.stop();
  }
}

async function createTable(url: string): Promise<void> {
  const pool = connectPg(url);
  await pool.query(createNonceTable());
  await pool.end();
}
