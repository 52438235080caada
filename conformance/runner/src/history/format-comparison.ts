import { printableLine } from "@oauth1/printable";
import { levels } from "@oauth1/properties";
import type { LevelComparison, ResultComparison } from "./compare-results.js";

const HEADINGS: Readonly<Record<keyof LevelComparison, string>> = {
  added: "fail now, and passed before",
  addedUnasked: "fail now, and were not asked before",
  fixed: "pass now, and failed before",
  dropped: "are not asked now, and failed before",
  unchanged: "fail in both",
};

/** The maximum number of unchanged ids to show. */
const MOST_UNCHANGED = 5;

/** A comparison as text for a terminal. */
export function formatComparison(comparison: ResultComparison): string {
  return [heading(comparison), "", ...sections(comparison, "", "  ")].join("\n");
}

/** A comparison as Markdown. */
export function markdownComparison(comparison: ResultComparison): string {
  return [`# ${heading(comparison)}`, "", ...sections(comparison, "## ", "- ")].join("\n");
}

function heading({ before, after, hasRegressed }: ResultComparison): string {
  const [old, now] = [before, after].map(({ name, version }) =>
    printableLine(`${name} ${version}`),
  );
  const sets =
    before.vectorSet === after.vectorSet
      ? `vectors ${after.vectorSet}`
      : `vectors ${before.vectorSet} and ${after.vectorSet}`;
  return `${old} and ${now} (${sets}): ${hasRegressed ? "something that RFC 5849 requires fails now" : "no regression"}`;
}

function sections(comparison: ResultComparison, mark: string, bullet: string): string[] {
  return levels.flatMap((level) => {
    const ofLevel = comparison.levels[level];
    const kinds = Object.keys(HEADINGS) as (keyof LevelComparison)[];
    const lines = kinds.flatMap((kind) => {
      const ids = ofLevel[kind];
      if (ids.length === 0) return [];
      const shown = kind === "unchanged" ? ids.slice(0, MOST_UNCHANGED) : ids;
      const rest = ids.length - shown.length;
      return [
        `${bullet}${ids.length} ${HEADINGS[kind]}: ${printableLine(shown.join(", "))}${rest > 0 ? `, and ${rest} more` : ""}`,
      ];
    });
    return lines.length === 0
      ? []
      : [`${mark}${level}`, ...(mark === "" ? [] : [""]), ...lines, ""];
  });
}
