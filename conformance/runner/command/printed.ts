import type { OutputConfiguration } from "commander";
import { printable } from "../printable.js";

/** What commander prints: an argument that is wrong stands in its messages. */
export const printedOutput: OutputConfiguration = {
  writeOut: (text) => process.stdout.write(printable(text)),
  writeErr: (text) => process.stderr.write(printable(text)),
};
