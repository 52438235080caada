/**
 * The commands that administer an installation, and their options, for programs that add them to
 * their own commands.
 *
 * @module
 */

export { databaseUrlOption, dataOption } from "./installation-options.js";
export { isExpected } from "./is-expected.js";
export { keysCommand } from "./keys-command.js";
export { usersCommand } from "./users-command.js";
