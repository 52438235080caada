import type { Report } from "../report.js";

/** Writes a report as the text of a file. */
export type ReportWriter = (report: Report) => string;

/** What writes a report, by the ending of the file's name. */
export const reportWriters: ReadonlyMap<string, ReportWriter> = new Map<string, ReportWriter>([
  [".json", (report) => `${JSON.stringify(report, undefined, 2)}\n`],
]);
