import { escaped } from "../reports/markdown-text.js";
import type { PairCell, PairMember, PairwiseReport } from "./run-pairwise.js";

/** The matrix of signers and verifiers as Markdown, and the causes of rejections. */
export function markdownPairwise(report: PairwiseReport): string {
  const { signers, verifiers, cells, requests, date } = report;
  return [
    "# Interoperability",
    "",
    "This page shows which signers and verifiers work together, every signer against every verifier over HTTP. This command writes it:",
    "",
    "```sh",
    "node packages/cli/bin/oauth1.js conformance pairwise --report docs/pairwise.md",
    "```",
    "",
    `Each signer signs ${requests.length} requests as clients of real APIs send them, with the protocol parameters in the header, the query and the form body (${date}). A cell shows how many requests the verifier accepts, of those that both support.`,
    "",
    `| signer | ${verifiers.map(named).join(" | ")} |`,
    `| --- | ${verifiers.map(() => "--:").join(" | ")} |`,
    ...signers.map(
      (signer, row) => `| ${named(signer)} | ${(cells[row] ?? []).map(share).join(" | ")} |`,
    ),
    "",
    "## Why requests are rejected",
    "",
    "An independent diagnosis of each rejected request finds out who made the mistake: the signer, if its signature is wrong or its request breaks a rule, or the verifier, if the request is right.",
    "",
    ...signers.flatMap((signer, row) => causes(signer, verifiers, cells[row] ?? [])),
  ].join("\n");
}

function named({ name, version }: PairMember): string {
  return `${escaped(name)} ${escaped(version)}`;
}

function share({ verified, asked }: PairCell): string {
  return asked === 0 ? "" : `${verified} of ${asked}`;
}

/** The maximum number of request ids to show. */
const MOST = 5;

function causes(
  signer: PairMember,
  verifiers: readonly PairMember[],
  row: readonly PairCell[],
): string[] {
  const lines = verifiers.flatMap((verifier, column) =>
    (row[column]?.failures ?? []).map(({ fault, cause, requests }) => {
      const shown = requests.slice(0, MOST).join(", ");
      const rest = requests.length > MOST ? `, and ${requests.length - MOST} more` : "";
      const whose = fault === "signer" ? "the signer" : escaped(verifier.name);
      return `- ${named(verifier)}, ${requests.length} by ${whose}: ${escaped(cause)} (${escaped(shown)}${rest})`;
    }),
  );
  return lines.length === 0 ? [] : [`### ${named(signer)}`, "", ...lines, ""];
}
