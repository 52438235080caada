import { printable } from "@oauth1/printable";
import type { OutputConfiguration } from "commander";

/** Escapes commander's output, because its messages contain wrong arguments. */
export const printedOutput: OutputConfiguration = {
  writeOut: (text) => process.stdout.write(printable(text)),
  writeErr: (text) => process.stderr.write(printable(text)),
};
