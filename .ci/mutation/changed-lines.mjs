import { execFileSync } from "node:child_process";
import { root } from "../published.mjs";

/**
 * The lines of files that have changed since the working tree left another branch, as Stryker expects
 * them: `file:first-last`.
 *
 * @param patterns - Paths from the root, with `*` and `**`.
 */
export function changedLines(ref, patterns) {
  const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  const base = git("merge-base", ref, "HEAD").trim();
  const paths = patterns.map((pattern) => `:(top,glob)${pattern}`);
  return rangesOf(git("diff", "--unified=0", "--no-color", "--no-ext-diff", base, "--", ...paths));
}

/** The ranges of added and changed lines in a diff without context. */
export function rangesOf(diff) {
  let file = "";
  return diff.split("\n").flatMap((line) => {
    file = /^\+\+\+ b\/(.+)$/.exec(line)?.[1] ?? file;
    const [, first, count = "1"] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first === undefined || count === "0") return [];
    return [`${file}:${first}-${Number(first) + Number(count) - 1}`];
  });
}
