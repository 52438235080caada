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
  /** Below the folder of the implementation. */
  readonly file: string;
  /** Its source. */
  readonly source: string;
}

/** What a reproduction printed. */
export interface Reproduced {
  /** What RFC 5849 demands. */
  readonly expected: string;
  /** What the library gave. */
  readonly received: string;
}

/** The reproductions in the folder of an implementation. */
export function reproductionsOf({ folder }: Pick<FoundManifest, "folder">): Reproduction[] {
  const programs = join(folder, "reproductions");
  if (!existsSync(programs)) return [];
  return readdirSync(programs)
    .sort()
    .map((name) => ({
      deviation: parse(name).name,
      file: join("reproductions", name),
      source: readFileSync(join(programs, name), "utf8"),
    }));
}

/**
 * Runs a reproduction in the folder of its implementation.
 *
 * @param timeout - Milliseconds: some are compiled first.
 * @throws UsageError where it cannot be run, or does not print what it should.
 */
export async function reproduce(
  { folder, manifest }: FoundManifest,
  { file }: Reproduction,
  timeout = 120_000,
): Promise<Reproduced> {
  const [program, ...args] = manifest.reproduce ?? [];
  if (program === undefined) {
    throw new UsageError(`${manifest.name}/manifest.json has no "reproduce"`);
  }
  const fail = (reason: string) => new UsageError(`${manifest.name}/${file}: ${reason}`);
  const { stdout } = await promisify(execFile)(program, [...args, file], {
    cwd: folder,
    timeout,
  }).catch((error: Error) => {
    throw fail(error.message);
  });
  const [, expected, received] = /^expected (.*)\nreceived (.*)\n$/.exec(stdout) ?? [];
  if (expected === undefined || received === undefined) {
    throw fail('it must print one line "expected …" and one line "received …"');
  }
  return { expected, received };
}
