import { extname } from "node:path";
import { printableJson } from "@oauth1/printable";
import { Command } from "commander";
import { UsageError } from "../usage-error.js";
import { append } from "./append.js";
import { printedOutput } from "./printed.js";
import { writeReport } from "./write-report.js";

interface PairwiseOptions {
  readonly implementation?: readonly string[];
  readonly report?: readonly string[];
}

/** `pairwise`: every signer against every verifier. */
export function pairwiseCommand(): Command {
  return new Command("pairwise")
    .configureOutput(printedOutput)
    .description("let every verifier verify the requests of every signer, over HTTP")
    .option(
      "--implementation <name>",
      "only this implementation; repeatable (default: all)",
      append,
    )
    .option("--report <file>", "write a .md or .json file; repeatable", append)
    .addHelpText(
      "after",
      `
Example:
  $ npx @oauth1/conformance pairwise --report pairwise.md`,
    )
    .action(async ({ implementation, report: files = [] }: PairwiseOptions) => {
      const { discoverCandidates, isOtherVersion, ownCandidates } = await import("../candidate.js");
      const { runPairwise } = await import("../pairwise/run-pairwise.js");
      const { markdownPairwise } = await import("../pairwise/markdown-pairwise.js");
      for (const file of files) {
        if (![".md", ".json"].includes(extname(file))) {
          throw new UsageError(`--report ${file}: a file that ends in .md or .json`);
        }
      }
      const all = [...ownCandidates, ...discoverCandidates().filter((one) => !isOtherVersion(one))];
      const unknown = implementation?.find((name) => !all.some((one) => one.name === name));
      if (unknown !== undefined) {
        const names = all.map(({ name }) => name).join(", ");
        throw new UsageError(`no implementation "${unknown}": there are ${names}`);
      }
      const report = await runPairwise(
        all.filter(({ name }) => implementation?.includes(name) ?? true),
      );
      const markdown = markdownPairwise(report);
      for (const file of files) {
        const text = extname(file) === ".md" ? markdown : `${printableJson(report, 2)}\n`;
        writeReport(file, text);
      }
      if (files.length === 0) process.stdout.write(markdown);
    });
}
