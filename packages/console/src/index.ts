/**
 * The console's server: pages, HTTP API and protected API on one port.
 *
 * @module
 */

export { ConsoleError, type ConsoleErrorCode } from "./console-error.js";
export { type ConsoleOptions, type RunningConsole, startConsole } from "./start-console.js";
