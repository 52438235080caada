import type { Report } from "../report.js";
import { badgeContent } from "./badge-content.js";

/** A generous width of a letter at 11px. The text is stretched to it. */
const LETTER = 6.6;

/**
 * A badge, as SVG, for a report of one implementation.
 *
 * @throws RangeError unless the report has exactly one implementation.
 */
export function badge(report: Report): string {
  const { label, message, colour } = badgeContent(report);
  const left = width(label);
  const right = width(message);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${message}">`,
    `<title>${label}: ${message}</title>`,
    `<rect width="${left}" height="20" fill="#2b3440"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="#${colour}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">',
    centred(label, left / 2, left),
    centred(message, left + right / 2, right),
    "</g></svg>",
    "",
  ].join("\n");
}

function width(text: string): number {
  return Math.round(text.length * LETTER) + 12;
}

function centred(text: string, centre: number, space: number): string {
  return `<text x="${centre}" y="14" textLength="${space - 12}">${text}</text>`;
}
