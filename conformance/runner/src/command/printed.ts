import { printable } from "@oauth1/printable";
import type { OutputConfiguration } from "commander";

/** What commander prints: an argument that is wrong stands in its messages. */
export const printedOutput: OutputConfiguration = {
  writeOut: (text) => process.stdout.write(printable(text)),
  writeErr: (text) => process.stderr.write(printable(text)),
};
