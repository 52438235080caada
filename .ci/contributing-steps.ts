// Reads the lists of CONTRIBUTING.md. A step is an item of a numbered list. The first code span
// is its file, and the code block after it is the content of the file, or commands to run.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A code block of a step. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** An item of a list. */
export interface Step {
  /** The first code span. */
  readonly file: string;
  /** Every code span that looks like a path, in order. `*` stands for a part of a name. */
  readonly paths: readonly string[];
  readonly block: Block | undefined;
}

/** The way to add one thing. */
export interface Recipe {
  /** The heading, such as `A rule`. */
  readonly title: string;
  readonly steps: readonly Step[];
  /** The commands that show success, one per line. */
  readonly commands: readonly string[];
  /** Lines that the commands print. */
  readonly printed: readonly string[];
}

/** The recipes of CONTRIBUTING.md, in its order. */
export function recipesOf(markdown: string): Recipe[] {
  const [, part = ""] = /^## How to add something\n(.*?)^## /ms.exec(markdown) ?? [];
  return part.split(/^### /m).slice(1).map(readRecipe);
}

function readRecipe(section: string): Recipe {
  const [title = "", ...lines] = section.split("\n");
  const begin = lines.findIndex((line) => /^\d+\. /.test(line));
  const isOutside = (line: string, index: number) => index > begin && /^[^\s\d]/.test(line);
  const end = lines.findIndex(isOutside);
  const items = lines
    .slice(begin, end)
    .join("\n")
    .split(/^\d+\. (?=\S)/m);
  const after = lines.slice(end).join("\n");
  return {
    title,
    steps: items.slice(1).map(readStep),
    commands: blocksIn(after, "sh").flatMap(linesOf),
    printed: blocksIn(after, "text").flatMap(linesOf),
  };
}

function readStep(item: string): Step {
  const [, language, text = ""] = /^ {3,4}```(\w+)\n(.*?)^ {3,4}```$/ms.exec(item) ?? [];
  const spans = Array.from(
    item.replace(/^ {3,4}```.*?^ {3,4}```$/gms, "").matchAll(/`([^`]+)`/g),
    ([, span = ""]) => span,
  );
  const indent = /^( *)```/m.exec(item)?.[1]?.length ?? 0;
  return {
    file: spans[0] ?? "",
    paths: spans.filter((span) => /^[\w.@*-]+(?:\/[\w.@*-]+)*\.\w+$/.test(span)),
    block:
      language === undefined
        ? undefined
        : { language, text: text.replace(new RegExp(`^ {1,${indent}}`, "gm"), "") },
  };
}

function blocksIn(text: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return Array.from(text.matchAll(fence), ([, content = ""]) => content);
}

/** The lines of a block that are not empty. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/**
 * Applies a step to its file.
 *
 * @param root - The folder of the repository.
 * @throws Error if a change does not fit its file, or a new file already exists.
 */
export function applyBlock(root: string, { file, block }: Step): void {
  if (block === undefined) return;
  const path = join(root, file);
  if (block.language === "diff") {
    writeFileSync(path, changed(readFileSync(path, "utf8"), block.text, file));
    return;
  }
  if (existsSync(path)) throw new Error(`${file} exists already`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, block.text);
}

/**
 * Applies a change to a text. The lines to keep and remove, which must occur exactly once,
 * become the lines to keep and add.
 */
export function changed(text: string, change: string, file: string): string {
  return change.split(/^@@\n/m).reduce((before, hunk) => {
    const lines = hunk.replace(/\n$/, "").split("\n");
    const without = (sign: string) =>
      lines
        .filter((line) => !line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    const [old, next] = [without("+"), without("-")];
    const places = `\n${before}`.split(`\n${old}`).length - 1;
    if (places !== 1) throw new Error(`${file} has ${places} places for the change:\n${hunk}`);
    return `\n${before}`.replace(`\n${old}`, () => `\n${next}`).slice(1);
  }, text);
}
