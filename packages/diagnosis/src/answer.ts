import type { Cause } from "./diagnosis.js";
import type { ExaminedSignature } from "./examine-signature.js";
import type { Finding } from "./rules.js";

/** The answer to "why is my signature invalid?" in a few sentences. */
export function answer({
  findings,
  causes,
  examined,
}: {
  readonly findings: readonly Finding[];
  readonly causes: readonly Cause[];
  readonly examined: ExaminedSignature | undefined;
}): string {
  const broken = findings.filter(({ holds }) => !holds);
  const [first] = broken;
  if (first === undefined) return "The request is valid.";
  const [cause] = causes;
  const others = broken.filter(
    ({ rule }) => !rule.startsWith("signature") || rule === "signature-method",
  );
  const said = others.map(({ text, section }) => `${text.replace(/\.$/, "")} (${section}).`);
  if (cause !== undefined) return [cause.text, ...said].join(" ");
  if (examined === undefined) return said.join(" ");
  if (examined.isRight) return ["The signature is right.", ...said].join(" ");
  return [examined.text, ...unexplained(examined), ...said].join(" ");
}

/** What the diagnosis found out about a signature that no known mistake explains. */
function unexplained({ search, claim }: ExaminedSignature): string[] {
  if (claim?.isSigned) {
    return [
      "It is that of the base string that the client claims, which no known mistake explains.",
      ...claim.comparison.differences.slice(0, 1).map(({ text }) => text),
    ];
  }
  if (search === undefined) return [];
  return [
    search.isComplete
      ? "No known mistake explains it: check that client and server have the same secrets."
      : "No known mistake explains it among those that could be tried: the search ended at its bound.",
  ];
}
