import { printableLine } from "@oauth1/printable";
import type { ImplementationReport } from "./report.js";

/** The maximum age in years of the newest tested version if a newer one exists. */
const MOST_YEARS = 2;

/**
 * Returns true if the newest tested version of a library is older than two years and a newer
 * one exists that is not available here.
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

/**
 * The version that is newer than all tested ones, and how a reader can test it; undefined if
 * there is none.
 */
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
