/**
 * The command of the console, to be mounted by a program.
 *
 * @module
 */

export { consoleCommand } from "./console-command.js";
