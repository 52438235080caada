import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkArgument, filledText } from "./check-options.js";
import { readJson } from "./read-json.js";
import { UsageError } from "./usage-error.js";

/** What an implementation is listed as. */
export type Kind = "signer" | "verifier";

/** The `manifest.json` of an implementation. */
export interface Manifest {
  /** The name of the folder. */
  readonly name: string;
  readonly language: string;
  readonly homepage: string;
  readonly license: string;
  readonly kinds: readonly Kind[];
  /** The adapter's program and arguments; the folder is the working directory. */
  readonly command: readonly [string, ...string[]];
  /** Packages of Debian that the adapter needs. */
  readonly apt: readonly string[];
  /** The distribution whose package of the library is tested, where it is not the author's. */
  readonly packagedBy?: string;
  /** Builds the adapter, where that is compiled. */
  readonly build?: readonly [string, ...string[]];
  /** Runs a file of `reproductions/`; the file's path is appended. */
  readonly reproduce?: readonly [string, ...string[]];
  /** Which public API the adapter uses, and what the library cannot be given. */
  readonly notes: string;
}

/** A manifest and the folder it is in. */
export interface FoundManifest {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The folders of implementations that come with this package's repository. */
export const IMPLEMENTATIONS: string = fileURLToPath(
  new URL("../../implementations", import.meta.url),
);

/**
 * The manifests of the folders in a folder, by name. Folders without a manifest are passed over.
 *
 * @throws UsageError where a manifest is not as its schema says, or has another name than its folder.
 */
export function discoverManifests(folder: string = IMPLEMENTATIONS): FoundManifest[] {
  checkArgument("discoverManifests", "folder", folder, filledText);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => join(folder, entry.name))
    .filter((path) => existsSync(join(path, "manifest.json")))
    .sort()
    .map((path) => ({ folder: path, manifest: readManifest(path) }));
}

function readManifest(folder: string): Manifest {
  const file = join(folder, "manifest.json");
  const manifest = readJson<Manifest>(file, "manifest");
  if (manifest.name !== basename(folder)) {
    throw new UsageError(`${file}: the name is ${manifest.name}, the folder ${basename(folder)}`);
  }
  return manifest;
}
