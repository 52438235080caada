import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.js";

/**
 * The text of a file, or of standard input where the name is `-`.
 *
 * @param option - The option that names the file, for the errors.
 */
export function readSource(name: string, option: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      readFileSync(name === "-" ? 0 : name),
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const source = name === "-" ? "standard input" : `"${name}"`;
    throw new UsageError(
      code === "ERR_ENCODING_INVALID_ENCODED_DATA"
        ? `${option}: ${source} holds octets that are not UTF-8`
        : `${option}: cannot read ${source} (${code ?? "unknown reason"})`,
    );
  }
}
