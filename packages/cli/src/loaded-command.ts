import type { Command } from "commander";

/** A command of another package. */
export interface LoadedCommand {
  readonly command: Command;
  /** Returns true if an error is one that the user can correct on the command line. */
  readonly isExpected: (error: unknown) => boolean;
}
