import type { BaseStringComparison, Cause, Diagnosis, Finding } from "@oauth1/diagnosis";
import { printableLine } from "@oauth1/printable";
import type { Colours } from "./colours.js";

/**
 * Formats a diagnosis for people: the verdict with its cause, the broken rules, the two base
 * strings, and a pointer to more details.
 */
export function formatDiagnosis(diagnosis: Diagnosis, c: Colours): string {
  return [
    verdict(diagnosis, c),
    ...brokenRules(diagnosis, c),
    ...claimed(diagnosis, c),
    ...baseStrings(diagnosis, c),
    c.dim(
      "oauth1 diagnose --json prints every rule and whole base strings. " +
        "oauth1 explain shows each step of a right signature.",
    ),
  ].join("\n\n");
}

/** The verdict, and the change that corrects the request. */
function verdict({ valid, causes, summary, search }: Diagnosis, c: Colours): string {
  if (valid) {
    return `${c.bold(c.green("valid"))}: the request follows every rule, and the signature is right`;
  }
  const [cause, ...others] = causes;
  const notValid = c.bold(c.red("not valid"));
  if (cause === undefined) {
    const extent = search === undefined ? [] : [`${search.tried} signatures were compared.`];
    return [notValid, "", printableLine(summary), ...extent].join("\n");
  }
  const lines = cause.details.map(
    ({ did, change, section }) => `Your client ${did}: ${change} ${c.dim(`(${section})`)}.`,
  );
  const differences = cause.comparison.differences.map(({ text }) => printableLine(text));
  if (differences.length > 0) {
    lines.push("", "In this request:", ...differences.map((text) => `  ${text}`));
  }
  if (others.length > 0) {
    lines.push(
      "",
      `On this request, ${others.map(names).join(" and ")} would make the same signature.`,
    );
  }
  return [`${notValid}: ${c.bold(names(cause))}`, "", ...lines].join("\n");
}

function names({ mistakes }: Cause): string {
  return mistakes.join(" with ");
}

/**
 * The broken rules, except that of the signature, which is the verdict. A summary already
 * contains them.
 */
function brokenRules({ findings, causes }: Diagnosis, c: Colours): string[] {
  const broken = findings.filter(({ holds, rule }) => !holds && rule !== "signature");
  if (broken.length === 0 || causes.length === 0) return [];
  const lines = broken.flatMap(({ section, sentence, text }: Finding) => [
    `  ${c.red("✗")} ${printableLine(text)}`,
    `    ${c.dim(`${section}: ${printableLine(sentence)}`)}`,
  ]);
  return [[c.bold("Rules that the request breaks"), ...lines].join("\n")];
}

/** The result for a base string that the client claims to have signed but did not sign. */
function claimed({ claim, causes, valid }: Diagnosis, c: Colours): string[] {
  if (claim === undefined || claim.isSigned || causes.length > 0 || valid) return [];
  const { comparison, mistakes } = claim;
  const [first] = mistakes;
  const lines = [
    "The signature is not that of this base string either: the client signs another one, or has other secrets.",
    ...(first === undefined ? [] : [`${first.join(" with ")} would make this base string.`]),
    ...comparison.differences.map(({ text }) => printableLine(text)),
  ];
  return [[c.bold("What the client claims"), ...lines.map((line) => `  ${line}`)].join("\n")];
}

/** The right base string, the other one if there is one, and the keys without the secrets. */
function baseStrings({ valid, causes, claim, ...right }: Diagnosis, c: Colours): string[] {
  const [cause] = causes;
  if (valid || right.baseString === undefined) return [];
  const lines =
    cause !== undefined
      ? alignedLines("signed", cause.comparison, c)
      : claim !== undefined
        ? alignedLines("claimed", claim.comparison, c)
        : [
            `${label("right")}${printableLine(right.baseString)}`,
            c.dim("Compare it with the one that your client prints: --base-string FILE does."),
          ];
  if (right.maskedKey !== undefined) lines.push(`${label("key")}${right.maskedKey}`);
  if (cause?.maskedKey !== undefined && cause.maskedKey !== right.maskedKey) {
    lines.push(`${label("used key")}${cause.maskedKey}`);
  }
  return [[c.bold("Base strings"), ...lines.map((line) => `  ${line}`)].join("\n")];
}

/** Both texts from the same character on, so that the first difference is in the same column. */
function alignedLines(
  what: string,
  { index, indexInPart, expected, received }: BaseStringComparison,
  c: Colours,
): string[] {
  if (index === undefined) return [`The ${what} base string is the right one.`];
  const cut = index > indexInPart ? "…" : "";
  const line = (name: string, part: string, paint: (text: string) => string) => {
    const [before, after] = [part.slice(0, indexInPart), part.slice(indexInPart)];
    return label(name) + c.dim(cut + printableLine(before)) + paint(printableLine(after));
  };
  const column =
    label("").length + cut.length + printableLine(expected.slice(0, indexInPart)).length;
  return [
    line("right", expected, c.green),
    line(what, received, c.red),
    `${" ".repeat(column)}^ character ${index + 1}`,
  ];
}

function label(name: string): string {
  return name.padEnd(10);
}
