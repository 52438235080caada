import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { figures, notMeasured, numberOf, read } from "./figures.ts";

describe("figures in texts", () => {
  for (const { file, words, value } of figures) {
    it(`${file} states what the repository has: ${words.source}`, () => {
      const stated = words.exec(read(file).replace(/\s+/g, " "))?.[1];
      expect(stated, `${file} does not match ${words}`).toBeDefined();
      expect(numberOf(stated ?? "")).toBe(value());
    });
  }

  it("are compared, or stand in the section of the command that measures them", () => {
    const missing = handWritten().flatMap((file) =>
      sections(read(file))
        .filter((section) => !COMMAND.test(section))
        .flatMap(paragraphs)
        .filter(
          (paragraph) =>
            MEASURED.test(paragraph) &&
            !figures.some((figure) => figure.file === file && figure.words.test(paragraph)) &&
            !notMeasured.some((each) => each.file === file && paragraph.includes(each.words)),
        )
        .map((paragraph) => `${file}: ${paragraph}`),
    );
    expect(missing).toEqual([]);
  });

  it("need every exception that is listed", () => {
    for (const { file, words } of notMeasured) expect(read(file), file).toContain(words);
  });
});

/** A size, a time of a computation, or a share. */
const MEASURED = /(?<![\w.])\d[\d.,]* (?:kB|MB|GB|ns|µs|ms|%)(?!\w)/;
const COMMAND = /(?:`|^)(?:[A-Z_]+=\S+ )?(?:npx|npm|node) /m;

/** The texts that no command writes. */
function handWritten(): string[] {
  const { files } = JSON.parse(read("biome.json"));
  const generated = files.includes
    .join()
    .match(/docs\/\{([\w,-]+)\}\.\{html,md\}/)?.[1]
    .split(",")
    .map((name: string) => `docs/${name}.md`);
  return execFileSync("git", ["ls-files", "*.md"], {
    cwd: `${import.meta.dirname}/..`,
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .filter((file) => !generated.includes(file) && !/CHANGELOG|\.changeset|\/results\//.test(file));
}

function sections(text: string): string[] {
  return text.split(/^(?=#{1,4} )/m);
}

/** The paragraphs and the rows of tables, without code blocks, each in one line. */
function paragraphs(text: string): string[] {
  return text
    .replace(/^( *)```.*?^\1```$/gms, "")
    .split(/\n{2,}|\n(?=\||[-*] )/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
}
