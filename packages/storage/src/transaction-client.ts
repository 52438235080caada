import { type SQL, sql } from "drizzle-orm";
import type { DatabaseClient } from "./database-client.js";
import type { Database } from "./open-database.js";

/**
 * Returns a client whose statements run in a transaction, for functions that take a client. Times
 * in its results are text.
 *
 * @param transaction - The argument of a task of `database.transaction()`.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const dataFolder = await mkdtemp(join(tmpdir(), "photos-"));
 * const storage = await openStorage({ dataFolder }, { statements: ["create table photos (id text)"] });
 * const { rows } = await storage.database.transaction((transaction) =>
 *   transactionClient(transaction).query("insert into photos values ($1) returning id", ["1.jpg"]),
 * );
 * rows; // [{ id: "1.jpg" }]
 * await storage.close();
 * await rm(dataFolder, { recursive: true });
 * ```
 */
export function transactionClient(transaction: Database): DatabaseClient {
  return {
    async query(text, values) {
      // Every second part is the number of a value.
      const parts = text
        .split(/\$(\d+)/)
        .map(
          (part, index): SQL =>
            index % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`,
        );
      return (await transaction.execute(sql.join(parts))) as unknown as { rows: unknown[] };
    },
  };
}
