import { printableLine } from "@oauth1/printable";
import { checkArgument, flag, listOf, openRecord, text as textKind } from "../check-options.js";
import type { CheckedRequest } from "./check-request.js";

const checkedKind = openRecord("what onChecked is told", {
  method: textKind,
  url: textKind,
  right: flag,
  findings: listOf(openRecord("a finding", { rule: textKind, text: textKind })),
});

/**
 * What came of a request, for people: each rule that does not hold, then both base strings. What the
 * request contains can control a terminal or end a line.
 *
 * @throws OptionError if it is not what `onChecked` is told.
 */
export function formatCheck(checked: CheckedRequest): string {
  checkArgument("formatCheck", "checked", checked, checkedKind);
  const { method, url, right, findings, baseStrings } = checked;
  const broken = findings.filter(({ holds }) => !holds);
  const lines = [
    `${method} ${url}`,
    right
      ? "Right: the request follows every rule."
      : `Wrong: the request breaks ${broken.length} of ${findings.length} rules.`,
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
  return `${lines.map(printableLine).join("\n")}\n`;
}
