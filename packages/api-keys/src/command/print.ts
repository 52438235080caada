import { printable } from "@oauth1/printable";

/** Prints a line without control characters. */
export function print(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}
