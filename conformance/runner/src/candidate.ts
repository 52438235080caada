import type { Awaitable, Implementation } from "@oauth1/properties";
import { checkArgument, filledText, listOf, optional, text } from "./check-options.js";
import { commandImplementation } from "./command-implementation.js";
import { type Expectations, readExpectations } from "./expectations.js";
import { discoverManifests, type Manifest } from "./manifest.js";
import { oauth1Implementation } from "./own/oauth1/oauth1-implementation.js";
import { vendoredEncoderImplementation } from "./own/vendored-encoder/vendored-encoder-implementation.js";

/** An implementation that may be run, and what is known of it before it is started. */
export interface Candidate {
  /** What it is chosen by. */
  readonly name: string;
  readonly manifest?: Manifest;
  readonly expectations?: Expectations | undefined;
  /** Random cases for each property, where the run is not told how many. */
  readonly cases: number;
  /**
   * Starts it. It is closed after its run.
   *
   * @throws ProtocolError where it cannot be started, which makes it missing, or does not describe
   * itself.
   */
  open(options: OpenOptions): Awaitable<Implementation>;
}

/** How an implementation is started. */
export interface OpenOptions {
  /** Milliseconds for one answer of a child process. */
  readonly timeout?: number | undefined;
}

/** Random cases for each property, in this process. */
export const IN_PROCESS_CASES = 1000;

/** Random cases for each property over a child process, which is slower. */
export const CHILD_PROCESS_CASES = 100;

/** Our own packages, and the encoder alone: both in this process. */
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
 * The implementations that have a manifest in a folder of this folder, each with what it is expected
 * to fail.
 *
 * @param folder - Default: `implementations/` of this repository. The published package
 * has none there: the adapters are in the repository.
 * @throws UsageError where a manifest or an `expectations.json` is not as its schema says.
 */
export function discoverCandidates(folder?: string): Candidate[] {
  checkArgument("discoverCandidates", "folder", folder, optional(filledText));
  return discoverManifests(folder).map(({ folder: itsFolder, manifest }) => {
    const [command, ...args] = manifest.command;
    return {
      name: manifest.name,
      manifest,
      expectations: readExpectations(itsFolder),
      cases: CHILD_PROCESS_CASES,
      open: ({ timeout }) => commandImplementation(command, args, { timeout, folder: itsFolder }),
    };
  });
}
