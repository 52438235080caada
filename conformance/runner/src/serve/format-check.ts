import { printableLine } from "@oauth1/printable";
import {
  checkArgument,
  flag,
  listOf,
  openRecord,
  optional,
  text as textKind,
} from "../check-options.js";
import { shortened } from "../shortened.js";
import type { CheckedRequest } from "./checked-request.js";
import { differenceOf, furtherDifferences } from "./difference.js";

const checkedKind = openRecord("what onChecked is told", {
  method: textKind,
  url: textKind,
  valid: flag,
  summary: textKind,
  findings: listOf(openRecord("a finding", { rule: textKind, section: textKind, text: textKind })),
  causes: listOf(openRecord("a cause", { text: textKind })),
  signed: optional(
    openRecord("what the client signed", {
      baseString: textKind,
      comparison: openRecord("a comparison", {
        expected: textKind,
        received: textKind,
        differences: listOf(openRecord("a difference", { text: textKind })),
      }),
    }),
  ),
});

/**
 * Formats the result of a request for people: the answer in words, each rule that the request
 * breaks, and both base strings from their first difference. The content of a request cannot
 * control the terminal or end a line, and long text is cut.
 *
 * @throws OptionError if it is not the argument of `onChecked`.
 */
export function formatCheck(checked: CheckedRequest): string {
  checkArgument("formatCheck", "checked", checked, checkedKind);
  const { method, url, valid, summary, findings } = checked;
  const broken = findings.filter(({ holds }) => !holds);
  const lines = [
    `${method} ${url}`,
    valid
      ? `Valid: the request follows all ${findings.length} rules.`
      : `Invalid: the request breaks ${broken.length} of ${findings.length} rules.`,
    ...(valid ? [] : [summary, ...explanation(checked)]),
  ];
  return `${lines.map((line) => shortened(printableLine(line))).join("\n")}\n`;
}

function explanation(checked: CheckedRequest): string[] {
  const { findings, causes, baseString, maskedKey, signed } = checked;
  const broken = findings.filter(({ holds }) => !holds);
  const [, ...otherCauses] = causes;
  const difference = differenceOf(checked);
  return [
    ...titled(
      "other mistakes that give the same signature on this request:",
      otherCauses.map(({ text }) => text),
    ),
    ...titled("other differences:", furtherDifferences(checked)),
    "",
    ...broken.flatMap(({ rule, section, sentence, text }) => [
      `${rule} (${section}): ${text}`,
      `  ${sentence}`,
    ]),
    ...(difference === undefined
      ? []
      : [
          "",
          "first difference of the base strings:",
          `  right   ${difference.right}`,
          `  signed  ${difference.signed}`,
          `          ${difference.caret}`,
        ]),
    ...(signed === undefined || signed.maskedKey === maskedKey
      ? []
      : ["", `right key: ${maskedKey}`, `signed with: ${signed.maskedKey}`]),
    ...(baseString === undefined ? [] : ["", "right base string:", `  ${baseString}`]),
    ...(difference === undefined ? [] : ["signed base string:", `  ${signed?.baseString}`]),
  ];
}

function titled(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [title, ...texts.map((text) => `  ${text}`)];
}
