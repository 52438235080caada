import { readFileSync, statSync } from "node:fs";
import { printableLine } from "@oauth1/printable";
import { UsageError } from "./usage-error.js";

/**
 * Reads the text of a file, or of standard input if the name is `-`.
 *
 * @param option - The option that names the file, for errors.
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
        ? `${option}: ${source} must contain UTF-8 text`
        : `${option}: cannot read ${source} (${code ?? "unknown reason"})`,
    );
  }
}

/** Reads a file with secrets, and warns if other users of the machine can read it. */
export function readSecretSource(name: string, option: string): string {
  const text = readSource(name, option);
  // Windows does not have these modes.
  if (name !== "-" && process.platform !== "win32") {
    const stats = statSync(name);
    if (stats.isFile() && (stats.mode & 0o077) !== 0) {
      const mode = (stats.mode & 0o777).toString(8).padStart(4, "0");
      const file = printableLine(name);
      process.stderr.write(
        `oauth1: warning: ${option}: other users can read "${file}" (mode ${mode}); run chmod 600 on it\n`,
      );
    }
  }
  return text;
}
