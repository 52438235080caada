import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./usage-error.js";

/** The vectors and properties of a version of the set. */
export interface Requirements {
  /** Major and minor version. */
  readonly version: string;
  /** Ids. */
  readonly vectors: readonly string[];
  /** Ids. */
  readonly properties: readonly string[];
}

/**
 * Reads the frozen requirements of a version.
 *
 * @param version - Major and minor version of the set of vectors, such as `1.0`.
 * @throws {@link UsageError} for a version without requirements.
 */
export function readRequirements(version: string): Requirements {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve("@oauth1/vectors/package.json")),
    "requirements",
  );
  const file = join(folder, `${version}.json`);
  if (!/^\d+\.\d+$/.test(version) || !existsSync(file)) {
    const known = readdirSync(folder).map((name) => basename(name, ".json"));
    throw new UsageError(`no requirements "${version}": there are ${known.join(", ")}`);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}
