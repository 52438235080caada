import type { CheckedRequest } from "./check-request.js";

/** What came of a request, for people: each rule that does not hold, then both base strings. */
export function formatCheck(checked: CheckedRequest): string {
  const { method, url, right, findings, baseStrings } = checked;
  const broken = findings.filter(({ holds }) => !holds);
  const lines = [
    `${method} ${url}`,
    right ? "Right: every rule holds." : `Wrong: ${broken.length} of ${findings.length} rules.`,
    ...broken.flatMap(({ rule, section, sentence, text }) => [
      `  ${rule} (${section}): ${text}`,
      ...(sentence === "" ? [] : [`    ${sentence}`]),
    ]),
  ];
  if (!right && baseStrings !== undefined) {
    lines.push("  right base string:", `    ${baseStrings.expected}`);
    if (baseStrings.received !== undefined) {
      lines.push("  the signature is that of:", `    ${baseStrings.received}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
