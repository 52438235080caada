import type { Report } from "../report.js";
import { badge } from "./badge.js";
import { htmlReport } from "./html-report.js";
import { junitReport } from "./junit-report.js";
import { markdownReport } from "./markdown-report.js";

/** Writes a report as the text of a file. */
export type ReportWriter = (report: Report) => string;

/** What writes a report, by the ending of the file's name. */
export const reportWriters: ReadonlyMap<string, ReportWriter> = new Map<string, ReportWriter>([
  [".html", htmlReport],
  [".md", markdownReport],
  [".xml", junitReport],
  [".svg", badge],
  [".json", (report) => `${JSON.stringify(report, undefined, 2)}\n`],
]);
