import type { Report } from "../report.js";
import { levelCounts } from "./topic-counts.js";

/** What stands on the left side. */
const LABEL = "RFC 5849";

/** Widths of a letter at 11px, generous: the text is stretched to it. */
const LETTER = 6.6;

/**
 * A badge, as SVG, for a report of one implementation: how many of the vectors and properties that RFC
 * 5849 requires and that it answers it passes.
 *
 * @throws RangeError where the report has not one implementation.
 */
export function badge({ implementations }: Report): string {
  const [implementation, ...others] = implementations;
  if (implementation === undefined || others.length > 0) {
    throw new RangeError("a badge is for a report of one implementation");
  }
  const { passed, failed } = levelCounts(implementation.results).required;
  const answered = passed + failed;
  const text = answered === 0 ? "not run" : `${passed} of ${answered}`;
  const colour = answered === 0 ? "#5b6470" : failed === 0 ? "#17633f" : "#8a4b00";
  const left = width(LABEL);
  const right = width(text);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${LABEL}: ${text}">`,
    `<title>${LABEL}: ${text}</title>`,
    `<rect width="${left}" height="20" fill="#2b3440"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${colour}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">',
    label(LABEL, left / 2, left),
    label(text, left + right / 2, right),
    "</g></svg>",
    "",
  ].join("\n");
}

function width(text: string): number {
  return Math.round(text.length * LETTER) + 12;
}

function label(text: string, centre: number, space: number): string {
  return `<text x="${centre}" y="14" textLength="${space - 12}">${text}</text>`;
}
