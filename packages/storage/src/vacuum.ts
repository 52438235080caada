import type { DatabaseClient } from "./database-client.js";

/** Milliseconds between two runs. A run blocks other statements for about 15 ms. */
const INTERVAL = 600_000;

/**
 * Reclaims the space of deleted rows periodically. A PostgreSQL server does this itself, but the
 * embedded database does not: expired nonces and sessions would fill the disk.
 *
 * @param interval - Milliseconds between two runs.
 * @returns A function that stops it.
 */
export function keepVacuumed(client: DatabaseClient, interval: number = INTERVAL): () => void {
  const timer = setInterval(() => {
    client.query("vacuum", []).catch((error: Error) => {
      // The next run can succeed. Until then only disk space is lost.
      process.emitWarning(`cannot vacuum the embedded database: ${error.message}`);
    });
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
