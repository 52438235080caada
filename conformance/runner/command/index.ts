/**
 * The commands of the conformance suite, to be mounted by a program.
 *
 * @module
 */

import { Command } from "commander";
import { type CommandOptions, runCommand } from "./run-command.js";

export type { CommandOptions } from "./run-command.js";

/** `conformance`, with the command `run`. */
export function conformanceCommand(options: CommandOptions = {}): Command {
  return new Command("conformance")
    .description("hold implementations against the vectors and laws of RFC 5849")
    .addCommand(runCommand(options));
}
