/**
 * The command of the console, for programs that add it to their own commands.
 *
 * @module
 */

export { consoleCommand } from "./console-command.js";
