import type { PostgresClient } from "@oauth1/verifier/nonces/postgres";

/** Milliseconds between two runs. A run takes some 15 ms, in which no other statement runs. */
const INTERVAL = 600_000;

/**
 * Reclaims the space of deleted rows from time to time. A PostgreSQL server does so by itself, the
 * embedded database does not: without it, nonces and sessions that have expired would fill the disk.
 *
 * @param interval - Milliseconds between two runs.
 * @returns Ends it.
 */
export function keepVacuumed(client: PostgresClient, interval: number = INTERVAL): () => void {
  const timer = setInterval(() => {
    client.query("vacuum", []).catch((error: Error) => {
      // The next run may succeed; until then only disk space is lost.
      process.emitWarning(`cannot vacuum the embedded database: ${error.message}`);
    });
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
