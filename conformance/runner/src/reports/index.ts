import { printableJson } from "@oauth1/printable";
import { checkArgument } from "../check-options.js";
import { type Report, reportKind } from "../report.js";
import { badge } from "./badge.js";
import { htmlFiles, htmlReport } from "./html-report.js";
import { junitReport } from "./junit-report.js";
import { markdownReport } from "./markdown-report.js";
import type { ReportContext } from "./report-context.js";
import { shieldsEndpoint } from "./shields-endpoint.js";

/**
 * Writes a report as the text of a file. It throws an OptionError for an argument that is not a report of
 * runConformance() or runCandidates().
 */
export type ReportWriter = (report: Report, context?: ReportContext) => string;

/**
 * The writers of reports, by the ending of the file name. A longer ending comes before its own
 * suffix.
 */
export const reportWriters: ReadonlyMap<string, ReportWriter> = new Map<string, ReportWriter>([
  [".html", checked(htmlReport)],
  [".md", checked(markdownReport)],
  [".xml", checked(junitReport)],
  [".svg", checked(badge)],
  [".shields.json", checked(shieldsEndpoint)],
  [".json", checked((report) => `${printableJson(report, 2)}\n`)],
]);

export { htmlFiles };

/** The endings of badges, which are for a report of one implementation. */
export const badgeEndings: readonly string[] = [".svg", ".shields.json"];

/** The ending of a file name that determines its writer, or undefined if there is none. */
export function reportEnding(file: string): string | undefined {
  return [...reportWriters.keys()].find((ending) => file.endsWith(ending));
}

function checked(write: ReportWriter): ReportWriter {
  return (report, context) => {
    checkArgument("write", "report", report, reportKind);
    return write(report, context);
  };
}
