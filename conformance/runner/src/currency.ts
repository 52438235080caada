import { printableLine } from "@oauth1/printable";
import type { ImplementationReport } from "./report.js";

/** How many years old the newest tested version may be while there is a newer one. */
const MOST_YEARS = 2;

/**
 * Whether the newest version of a library that was tested is older than two years though a newer one
 * exists, which cannot be had here.
 *
 * @param date - When the run began, ISO 8601.
 */
export function isOutOfDate(
  { released, newer }: Pick<ImplementationReport, "released" | "newer">,
  date: string,
): boolean {
  if (released === undefined || newer === undefined) return false;
  const limit = new Date(date);
  limit.setUTCFullYear(limit.getUTCFullYear() - MOST_YEARS);
  return new Date(released) < limit;
}

/** What is newer than all that was tested, and how a reader tests it; undefined where nothing is. */
export function newerVersion({
  library,
  name,
  newer,
}: Pick<ImplementationReport, "library" | "name" | "newer">):
  | { readonly text: string; readonly command: string }
  | undefined {
  if (newer === undefined) return undefined;
  const { version, released, source, command } = newer;
  return {
    text: printableLine(`${library ?? name} ${version} of ${released} (${source})`),
    command,
  };
}
