import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Awaitable, type Implementation, ProtocolError } from "@oauth1/properties";
import { checkArgument, filledText, listOf, optional, text } from "./check-options.js";
import { commandImplementation } from "./command-implementation.js";
import { type Expectations, readExpectations } from "./expectations.js";
import { discoverManifests, type Manifest } from "./manifest.js";
import { oauth1Implementation } from "./own/oauth1/oauth1-implementation.js";
import { vendoredEncoderImplementation } from "./own/vendored-encoder/vendored-encoder-implementation.js";
import { expectationsOfVersion } from "./version-expectations.js";
import {
  type NewerVersion,
  newestTested,
  readVersions,
  type TestedVersion,
  versionEnvironment,
} from "./versions.js";

/** An implementation that can be run, and what is known about it before it is started. */
export interface Candidate {
  /**
   * The name with which users choose it: `oauth-1.0a`, or `oauth-1.0a@1.0.1` for another
   * version.
   */
  readonly name: string;
  readonly manifest?: Manifest;
  /** The tested version, if the library's `versions.json` contains its date. */
  readonly tested?: TestedVersion | undefined;
  /**
   * A version that is newer than all tested ones, in the candidate of the newest tested
   * version.
   */
  readonly newer?: NewerVersion | undefined;
  readonly expectations?: Expectations | undefined;
  /** Random cases for each property, if the run does not set the number. */
  readonly cases: number;
  /**
   * Starts the implementation. The run closes it at the end.
   *
   * @throws ProtocolError if it cannot be started, which makes it missing, or does not describe
   * itself.
   */
  open(options: OpenOptions): Awaitable<Implementation>;
}

/** True if it is a version of a library other than the one that its manifest installs. */
export function isOtherVersion({ name, manifest }: Candidate): boolean {
  return manifest !== undefined && manifest.name !== name;
}

/** The options for starting an implementation. */
export interface OpenOptions {
  /** The time limit for one answer of a child process, in milliseconds. */
  readonly timeout?: number | undefined;
}

/** Random cases for each property, in this process. */
export const IN_PROCESS_CASES = 1000;

/** Random cases for each property over a child process, which is slower. */
export const CHILD_PROCESS_CASES = 100;

/** Our own packages, and the encoder by itself, both in this process. */
export const ownCandidates: readonly Candidate[] = [
  { name: "oauth1", cases: IN_PROCESS_CASES, open: oauth1Implementation },
  { name: "vendored-encoder", cases: IN_PROCESS_CASES, open: vendoredEncoderImplementation },
];

/**
 * A program that speaks the conformance protocol.
 *
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type.
 */
export function commandCandidate(
  name: string,
  command: string,
  args: readonly string[] = [],
): Candidate {
  checkArgument("commandCandidate", "name", name, filledText);
  checkArgument("commandCandidate", "command", command, filledText);
  checkArgument("commandCandidate", "args", args, listOf(text));
  return {
    name,
    cases: CHILD_PROCESS_CASES,
    open: ({ timeout }) => commandImplementation(command, args, { timeout }),
  };
}

/**
 * The implementations with a manifest in a subfolder of this folder, each with its expected
 * failures, followed by the other tested versions of it.
 *
 * @param folder - Default: `implementations/` of this repository. The published package does
 * not contain the adapters, which are in the repository.
 * @throws UsageError if a manifest, an `expectations.json` or a `versions.json` does not match
 * its schema.
 */
export function discoverCandidates(folder?: string): Candidate[] {
  checkArgument("discoverCandidates", "folder", folder, optional(filledText));
  return discoverManifests(folder).flatMap(({ folder: itsFolder, manifest }) => {
    const [command, ...args] = manifest.command;
    const versions = readVersions(itsFolder);
    const expectations = readExpectations(itsFolder);
    const installed: Candidate = {
      name: manifest.name,
      manifest,
      expectations,
      cases: CHILD_PROCESS_CASES,
      open: ({ timeout }) => commandImplementation(command, args, { timeout, folder: itsFolder }),
    };
    if (versions === undefined) return [installed];
    return versions.tested.map((tested, index): Candidate => {
      const candidate = {
        ...installed,
        tested,
        newer: tested === newestTested(versions) ? versions.newer : undefined,
      };
      if (index === 0) return candidate;
      const environment = versionEnvironment(itsFolder, versions, tested);
      return {
        ...candidate,
        name: `${manifest.name}@${tested.version}`,
        expectations: expectationsOfVersion(itsFolder, tested.version, expectations),
        open: async ({ timeout }) => {
          // The adapter would load the version that the manifest installs.
          if (
            tested.debian !== undefined &&
            !existsSync(join(itsFolder, "build", tested.version))
          ) {
            throw new ProtocolError(
              "ERR_NOT_STARTED",
              `${tested.debian.name} has it: node conformance/implementations/install.mjs ${manifest.name}`,
            );
          }
          const options = { timeout, folder: itsFolder, environment };
          const implementation = await commandImplementation(command, args, options);
          if (implementation.version === tested.version) return implementation;
          await implementation.close?.();
          throw new ProtocolError(
            "ERR_ANSWER",
            `the adapter loads version ${implementation.version}, and not ${tested.version}`,
          );
        },
      };
    });
  });
}
