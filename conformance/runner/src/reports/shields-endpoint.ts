import type { Report } from "../report.js";
import { badgeContent } from "./badge-content.js";

/**
 * A badge as the JSON that the endpoint badge of shields.io reads from any URL, for a report of one
 * implementation.
 *
 * @throws RangeError unless the report has exactly one implementation.
 */
export function shieldsEndpoint(report: Report): string {
  const { label, message, colour } = badgeContent(report);
  return `${JSON.stringify({ schemaVersion: 1, label, message, color: colour })}\n`;
}
