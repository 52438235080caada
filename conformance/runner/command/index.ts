/**
 * The commands of the conformance suite, to be mounted by a program.
 *
 * @module
 */

import { Command } from "commander";
import { probeCommand } from "./probe-command.js";
import { type CommandOptions, runCommand } from "./run-command.js";
import { serveCommand } from "./serve-command.js";

export type { CommandOptions } from "./run-command.js";

/** `conformance`, with the commands `run`, `serve` and `probe`. */
export function conformanceCommand(options: CommandOptions = {}): Command {
  return new Command("conformance")
    .description("hold implementations against the vectors and laws of RFC 5849")
    .addCommand(runCommand(options))
    .addCommand(serveCommand())
    .addCommand(probeCommand());
}
