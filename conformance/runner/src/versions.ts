import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { readJson } from "./read-json.js";
import { UsageError } from "./usage-error.js";

/** A version of a library that is tested. */
export interface TestedVersion {
  /** The version as reported by the adapter. */
  readonly version: string;
  /** Day or month of its release, ISO 8601. */
  readonly released: string;
  /** The source of that date. */
  readonly source: string;
  /** The npm package of the adapter's folder that is loaded in place of the library: an alias. */
  readonly alias?: string;
  /**
   * The other release of Debian that contains it, which `install.mjs` unpacks into
   * `build/<version>`.
   */
  readonly debian?: DebianRelease;
}

/** The source of a version that this release of Debian does not contain. */
export interface DebianRelease {
  /** The code name, such as `trixie`. `sid` can replace its packages at any time. */
  readonly release: string;
  /** The name, such as `Debian 13`. */
  readonly name: string;
  /** The library's packages, and its dependencies that this release of Debian does not contain. */
  readonly packages: readonly string[];
}

/** A version that is newer than all tested ones and not available here. */
export interface NewerVersion {
  readonly version: string;
  /** Day or month of its release, ISO 8601. */
  readonly released: string;
  /** The source of that date. */
  readonly source: string;
  /** The command that installs it for the adapter if its registry can be reached. */
  readonly command: string;
}

/** The `versions.json` of an implementation. */
export interface Versions {
  /** Environment variables with which the adapter finds `{version}`, unpacked in `{root}`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The first is the version that the manifest installs. */
  readonly tested: readonly [TestedVersion, ...TestedVersion[]];
  readonly newer?: NewerVersion;
}

/** The environment variable that tells a JavaScript adapter which package to load. */
const LIBRARY_VARIABLE = "CONFORMANCE_LIBRARY";

/**
 * Reads the `versions.json` of a folder.
 *
 * @returns undefined if the folder has none.
 * @throws UsageError if the file does not match its schema, lists a version twice, or does not
 * say how to load a version other than the first.
 */
export function readVersions(folder: string): Versions | undefined {
  const file = join(folder, "versions.json");
  if (!existsSync(file)) return undefined;
  const versions = readJson<Versions>(file, "versions");
  const where = `${basename(folder)}/versions.json`;
  const [first, ...others] = versions.tested;
  if (first.alias !== undefined || first.debian !== undefined) {
    throw new UsageError(`${where}: the first version is the one that the manifest installs`);
  }
  for (const { version, alias, debian } of others) {
    if ((alias === undefined) === (debian === undefined)) {
      throw new UsageError(`${where}: ${version} must have either "alias" or "debian"`);
    }
    if (debian !== undefined && versions.environment === undefined) {
      throw new UsageError(`${where}: ${version} from ${debian.name} needs "environment"`);
    }
  }
  const names = versions.tested.map(({ version }) => version);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${where}: listed twice: ${twice}`);
  return versions;
}

/** The environment variables with which an adapter in a folder loads a version. */
export function versionEnvironment(
  folder: string,
  { environment = {} }: Versions,
  { version, alias, debian }: TestedVersion,
): Readonly<Record<string, string>> {
  if (alias !== undefined) return { [LIBRARY_VARIABLE]: alias };
  if (debian === undefined) return {};
  const root = resolve(folder, "build", version);
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll("{root}", root).replaceAll("{version}", version),
    ]),
  );
}

/**
 * Returns a negative number if the first version is the older one: `0.9.15` is older than
 * `0.10.2`.
 */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** The newest tested version. */
export function newestTested({ tested }: Versions): TestedVersion {
  return tested.reduce((newest, one) =>
    compareVersions(one.version, newest.version) > 0 ? one : newest,
  );
}

/**
 * Returns true if a version comes from Debian's unstable release, which may no longer contain
 * it.
 */
export function isReplacedAnyDay(tested: TestedVersion | undefined): boolean {
  return tested?.debian?.release === "sid";
}
