import { printableJson } from "@oauth1/printable";
import { Command, Option } from "commander";
import { printedOutput } from "./printed.js";

interface DiffOptions {
  readonly format: "text" | "json" | "markdown";
}

/** `diff`: compares two recorded results. */
export function diffCommand(): Command {
  return new Command("diff")
    .configureOutput(printedOutput)
    .description("compare the recorded results of two versions")
    .argument("<before>", "a file that run --results wrote")
    .argument("<after>", "another such file")
    .addOption(
      new Option("--format <name>", "how the comparison is printed")
        .choices(["text", "json", "markdown"])
        .default("text"),
    )
    .addHelpText(
      "after",
      `
Example:
  $ npx @oauth1/conformance run --results results -- ./my-signer
  $ npx @oauth1/conformance diff results/my-signer/1.0.json results/my-signer/1.1.json

Exit code 1: something that RFC 5849 requires passed before, and fails after.`,
    )
    .action(async (before: string, after: string, { format }: DiffOptions) => {
      const { readRecordedResult } = await import("../history/recorded-result.js");
      const { compareResults } = await import("../history/compare-results.js");
      const { formatComparison, markdownComparison } = await import(
        "../history/format-comparison.js"
      );
      const comparison = compareResults(readRecordedResult(before), readRecordedResult(after));
      const text = {
        text: formatComparison,
        json: (value: typeof comparison) => `${printableJson(value, 2)}\n`,
        markdown: markdownComparison,
      }[format](comparison);
      process.stdout.write(text);
      if (comparison.hasRegressed) process.exitCode = 1;
    });
}
