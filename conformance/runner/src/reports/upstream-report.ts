import { extname } from "node:path";
import type { Deviation } from "../expectations.js";
import type { ImplementationReport, Result } from "../report.js";
import type { Reproduced, Reproduction } from "../reproductions.js";
import { sectionName, sentenceOf } from "../specification.js";

/** A deviation as reported to the maintainers. */
export interface ShownDeviation {
  readonly deviation: Deviation;
  readonly reproduction?: (Reproduction & Reproduced) | undefined;
}

/**
 * An issue for the maintainers of a library: a section for each deviation, with the rule of RFC
 * 5849, a program that shows it, and its output.
 */
export function upstreamReport(
  { name, version, results }: ImplementationReport,
  vectorSet: string,
  deviations: readonly ShownDeviation[],
): string {
  return [
    `# ${name} ${version}: differences from RFC 5849`,
    "",
    `Found by the OAuth 1.0 conformance suite, vectors ${vectorSet}. Each program below calls ${name} alone.`,
    "",
    ...deviations.flatMap((shown) => section(shown, results)),
  ].join("\n");
}

/** The maximum number of ids to show. */
const MOST_IDS = 10;

function section({ deviation, reproduction }: ShownDeviation, results: readonly Result[]) {
  const { name, section: cited, cause, upstream } = deviation;
  const ids = results
    .filter(({ expectation, outcome }) => expectation?.deviation === name && outcome !== "passed")
    .map(({ id }) => `\`${id}\``);
  const rule = sentenceOf(cited.replace(/^RFC 5849 /, ""));
  const more = ids.length > MOST_IDS ? `, and ${ids.length - MOST_IDS} more` : "";
  return [
    `## ${name} (${linked(cited)})`,
    "",
    cause,
    "",
    ...(rule === undefined ? [] : [`${sectionName(cited)} in other words: ${rule}`, ""]),
    ...(upstream === undefined ? [] : [`Known upstream: <${upstream}>`, ""]),
    ...(reproduction === undefined
      ? []
      : [
          `\`\`\`${extname(reproduction.file).slice(1)}`,
          reproduction.source.trimEnd(),
          "```",
          "",
          "It prints",
          "",
          "```",
          `expected ${reproduction.expected}`,
          `received ${reproduction.received}`,
          "```",
          "",
        ]),
    ...(ids.length === 0
      ? []
      : [`Vectors and properties: ${ids.slice(0, MOST_IDS).join(", ")}${more}.`, ""]),
  ];
}

/** A section of RFC 5849 with its address. */
function linked(cited: string): string {
  const [, number] = /^RFC 5849 §([\d.]+)$/.exec(cited) ?? [];
  return number === undefined
    ? cited
    : `[${cited}](https://www.rfc-editor.org/rfc/rfc5849#section-${number})`;
}
