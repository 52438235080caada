/** Runs statements: a `Pool` of pg, or a PGlite. */
export interface DatabaseClient {
  /** Runs one statement with values for `$1`, `$2` and so on. */
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}
