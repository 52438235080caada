import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, parse } from "node:path";
import { promisify } from "node:util";
import type { FoundManifest } from "./manifest.js";
import { UsageError } from "./usage-error.js";

/** A small program that shows a deviation of a library without an adapter. */
export interface Reproduction {
  /** The name of the deviation. */
  readonly deviation: string;
  /** The path below the folder of the implementation. */
  readonly file: string;
  /** The source of the program. */
  readonly source: string;
}

/** What a reproduction printed. */
export interface Reproduced {
  /** What RFC 5849 requires. */
  readonly expected: string;
  /** What the library returned. */
  readonly received: string;
}

/**
 * The reproductions in the folder of an implementation.
 *
 * @param version - A version of the library other than the one that the manifest installs.
 * `versions/<version>/reproductions/` shows its differences.
 */
export function reproductionsOf(
  { folder }: Pick<FoundManifest, "folder">,
  version?: string,
): Reproduction[] {
  const below =
    version === undefined ? "reproductions" : join("versions", version, "reproductions");
  const programs = join(folder, below);
  if (!existsSync(programs)) return [];
  return readdirSync(programs)
    .sort()
    .map((name) => ({
      deviation: parse(name).name,
      file: join(below, name),
      source: readFileSync(join(programs, name), "utf8"),
    }));
}

/** The options for running a reproduction. */
export interface ReproduceOptions {
  /**
   * The time limit in milliseconds. Some reproductions are compiled first. Default: two
   * minutes.
   */
  readonly timeout?: number;
  /** Environment variables that load another version of the library. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a reproduction in the folder of its implementation.
 *
 * @throws UsageError if it cannot be run, or its output does not have the required form.
 */
export async function reproduce(
  { folder, manifest }: FoundManifest,
  { file }: Reproduction,
  { timeout = 120_000, environment = {} }: ReproduceOptions = {},
): Promise<Reproduced> {
  const [program, ...args] = manifest.reproduce ?? [];
  if (program === undefined) {
    throw new UsageError(`${manifest.name}/manifest.json has no "reproduce"`);
  }
  const fail = (reason: string) => new UsageError(`${manifest.name}/${file}: ${reason}`);
  const { stdout } = await promisify(execFile)(program, [...args, file], {
    cwd: folder,
    timeout,
    env: { ...process.env, ...environment },
  }).catch((error: Error) => {
    throw fail(error.message);
  });
  const [, expected, received] = /^expected (.*)\nreceived (.*)\n$/.exec(stdout) ?? [];
  if (expected === undefined || received === undefined) {
    throw fail('it must print one line "expected …" and one line "received …"');
  }
  return { expected, received };
}
