/**
 * The commands of the conformance suite, for programs that add them to their own commands.
 *
 * @module
 */

import { Command } from "commander";
import { candidateKind } from "../argument-kinds.js";
import { callback, checkArgument, listOf, optional, record } from "../check-options.js";
import { diffCommand } from "./diff-command.js";
import { pairwiseCommand } from "./pairwise-command.js";
import { probeCommand } from "./probe-command.js";
import { reportCommand } from "./report-command.js";
import { type CommandOptions, runCommand } from "./run-command.js";
import { serveCommand } from "./serve-command.js";

const optionsKind = record({
  besides: optional(listOf(candidateKind)),
  isColoured: optional(callback),
});

export type { CommandOptions } from "./run-command.js";

/**
 * `conformance`, with the commands `run`, `serve`, `probe`, `diff`, `pairwise` and `report`.
 *
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type.
 */
export function conformanceCommand(options: CommandOptions = {}): Command {
  checkArgument("conformanceCommand", "options", options, optionsKind);
  return new Command("conformance")
    .description("test implementations with the vectors and properties of RFC 5849")
    .addCommand(runCommand(options))
    .addCommand(serveCommand())
    .addCommand(probeCommand())
    .addCommand(diffCommand())
    .addCommand(pairwiseCommand())
    .addCommand(reportCommand());
}
