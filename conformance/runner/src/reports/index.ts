import { printableJson } from "@oauth1/printable";
import { checkArgument } from "../check-options.js";
import { type Report, reportKind } from "../report.js";
import { badge } from "./badge.js";
import { htmlReport } from "./html-report.js";
import { junitReport } from "./junit-report.js";
import { markdownReport } from "./markdown-report.js";

/**
 * Writes a report as the text of a file. It throws an OptionError for an argument that is not a report of
 * runConformance() or runCandidates().
 */
export type ReportWriter = (report: Report) => string;

/** What writes a report, by the ending of the file's name. */
export const reportWriters: ReadonlyMap<string, ReportWriter> = new Map<string, ReportWriter>([
  [".html", checked(htmlReport)],
  [".md", checked(markdownReport)],
  [".xml", checked(junitReport)],
  [".svg", checked(badge)],
  [".json", checked((report) => `${printableJson(report, 2)}\n`)],
]);

function checked(write: ReportWriter): ReportWriter {
  return (report) => {
    checkArgument("write", "report", report, reportKind);
    return write(report);
  };
}
