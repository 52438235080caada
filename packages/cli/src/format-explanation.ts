import { printableLine } from "@oauth1/printable";
import type { Colours } from "./colours.js";
import type {
  ExplainedBaseString,
  ExplainedKey,
  ExplainedParameter,
  Explanation,
  ExplanationStep,
} from "./explanation.js";

/** Formats an explanation for people: a heading with its section for each step, and its result. */
export function formatExplanation({ method, url, steps, note }: Explanation, c: Colours): string {
  const titleWidth = Math.max(...steps.map(({ title }) => title.length));
  const parts = steps.map((step, index) => {
    const title = step.title.padEnd(titleWidth);
    const heading = `${c.bold(`${index + 1}  ${title}`)}  ${c.dim(step.section)}`;
    return [heading, ...lines(step, c).map((line) => `   ${line}`)].join("\n");
  });
  const all = [`${c.bold(printableLine(method))} ${printableLine(url)}`, ...parts];
  if (note !== undefined) all.push(c.yellow(note));
  return all.join("\n\n");
}

function lines(step: ExplanationStep, c: Colours): string[] {
  switch (step.step) {
    case "collected-parameters":
      return collectedLines(step.value, c);
    case "sorted-parameters":
      return table(step.value.map(({ encodedName, encodedValue }) => [encodedName, encodedValue]));
    case "signature-base-string":
      return baseStringLines(step.value, c);
    case "key":
      return [keyLine(step.value, c)];
    case "signature":
      return [c.green(step.value)];
    default:
      return [step.value];
  }
}

function collectedLines(parameters: readonly ExplainedParameter[], c: Colours): string[] {
  const [heading = "", ...rows] = table([
    ["source", "name", "value", "encoded name", "encoded value"],
    ...parameters.map(({ source, name, value, encodedName, encodedValue }) => [
      source,
      visible(name),
      visible(value),
      encodedName,
      encodedValue,
    ]),
  ]);
  return [c.dim(heading), ...rows];
}

/** The whole string, and its three elements. */
function baseStringLines({ elements }: ExplainedBaseString, c: Colours): string[] {
  const paint = [c.magenta, c.cyan, c.yellow];
  const painted = elements.map((element, index) => (paint[index] ?? String)(element));
  const [method = "", uri = "", parameters = ""] = painted;
  return [
    painted.join("&"),
    `${c.dim("method")}      ${method}`,
    `${c.dim("URI")}         ${uri}`,
    `${c.dim("parameters")}  ${parameters}`,
  ];
}

function keyLine(explained: ExplainedKey, c: Colours): string {
  const about =
    "source" in explained
      ? `${explained.modulusLength} bits, from ${printableLine(explained.source)}`
      : `client shared-secret ${explained.clientSharedSecret}, token shared-secret ${explained.tokenSharedSecret}`;
  return `${explained.key}  ${c.dim(`(${about})`)}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, [...cell].length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
}

/** Quotes decoded text. No character in it moves the cursor or changes the writing direction. */
function visible(text: string | null): string {
  if (text === null) return "(not UTF-8)";
  return JSON.stringify(text).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
