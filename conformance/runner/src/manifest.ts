import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkArgument, filledText } from "./check-options.js";
import { readJson } from "./read-json.js";
import { UsageError } from "./usage-error.js";

/** The kind of an implementation. */
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
  /** The distribution whose package of the library is tested, if it is not the author's. */
  readonly packagedBy?: string;
  /** Builds the adapter, if it is compiled. */
  readonly build?: readonly [string, ...string[]];
  /** Runs a file of `reproductions/`; the file's path is appended. */
  readonly reproduce?: readonly [string, ...string[]];
  /** The public API that the adapter uses, and the inputs that the library does not accept. */
  readonly notes: string;
}

/** A manifest and its folder. */
export interface FoundManifest {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The folder of the implementations in this package's repository. */
export const IMPLEMENTATIONS: string = fileURLToPath(
  new URL("../../implementations", import.meta.url),
);

/**
 * The manifests of the subfolders of a folder, by name. Folders without a manifest are skipped.
 *
 * @throws UsageError if a manifest does not match its schema, or its name differs from that of
 * its folder.
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
