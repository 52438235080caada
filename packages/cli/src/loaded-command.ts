import type { Command } from "commander";

/** A command of another package. */
export interface LoadedCommand {
  readonly command: Command;
  /** Whether an error of the command says what the person at the command line can correct. */
  readonly isExpected: (error: unknown) => boolean;
}
