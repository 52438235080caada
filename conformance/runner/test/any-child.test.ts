// Every format of the report is valid for its parsers, whatever an implementation returns.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  commandImplementation,
  formatReport,
  hasFailed,
  type Implementation,
  type Report,
  reportWriters,
  runCandidates,
  runConformance,
  Unsupported,
} from "@oauth1/conformance";
import { printable } from "@oauth1/printable";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type DefaultTreeAdapterTypes, type ParserError, parse } from "parse5";
import { afterAll, describe, expect, it } from "vitest";

const markdownIt = createRequire(import.meta.url)("markdown-it");
const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
const hostile = fileURLToPath(new URL("children/hostile.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-any-child-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** OAUTH1_DEEP=1 takes a minute. */
const RUNS = process.env["OAUTH1_DEEP"] === "1" ? 20 : 2;

const write = (ending: string, report: Report) => reportWriters.get(ending)?.(report) ?? "";

/** Reads every format of a report with a parser of that format. */
function expectReadable(report: Report): void {
  const json = JSON.parse(write(".json", report));
  expect(json).toEqual(JSON.parse(JSON.stringify(report)));
  expectXml(report);
  expectHtml(report);
  expectMarkdown(report);
  for (const implementation of report.implementations) {
    const svg = write(".svg", { ...report, implementations: [implementation] });
    expect(XMLValidator.validate(svg)).toBe(true);
    JSON.parse(write(".shields.json", { ...report, implementations: [implementation] }));
  }
  const text = formatReport(report, { color: false });
  expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
}

function expectXml(report: Report): void {
  const xml = write(".xml", report);
  // XML 1.0 §2.2: Char.
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /test/.test(name) });
  const [{ testsuite }] = parser.parse(xml).testsuites;
  expect(testsuite).toHaveLength(report.implementations.length);
  for (const [index, { results }] of report.implementations.entries()) {
    const cases = testsuite[index].testcase ?? [];
    expect(cases.length).toBeGreaterThanOrEqual(results.length);
  }
}

type Element = DefaultTreeAdapterTypes.Element;

function expectHtml(report: Report): void {
  const errors: ParserError[] = [];
  const document = parse(write(".html", report), { onParseError: (error) => errors.push(error) });
  expect(errors).toEqual([]);
  const elements = allElements(document);
  const named = (name: string) => elements.filter(({ tagName }) => tagName === name);
  // The page's own data, the vectors, and one part for each implementation.
  expect(named("script")).toHaveLength(report.implementations.length + 2);
  expect(named("b")).toHaveLength(0);
  const names = named("a").filter(({ parentNode }) => (parentNode as Element).tagName === "th");
  expect(names.map(textOf).toSorted()).toEqual(
    report.implementations
      .map(({ name }) => printable(name).replace(/\p{Noncharacter_Code_Point}/gu, "\ufffd"))
      .toSorted(),
  );
  // The page's script finds the part of the implementation that a link names.
  const attribute = ({ attrs }: Element, name: string) =>
    attrs.find((each) => each.name === name)?.value ?? "";
  const parts = new Map(named("script").map((part) => [attribute(part, "id"), part]));
  for (const link of names) {
    const part = parts.get(`data-${attribute(link, "data-part")}`);
    const { name } = JSON.parse(textOf(part as Element));
    const shown = printable(name).replace(/\p{Noncharacter_Code_Point}/gu, "\ufffd");
    expect(textOf(link)).toBe(shown);
    expect(() => decodeURIComponent(attribute(link, "href"))).not.toThrow();
  }
}

function allElements(node: DefaultTreeAdapterTypes.ParentNode): Element[] {
  return node.childNodes.flatMap((child) =>
    "tagName" in child ? [child, ...allElements(child)] : [],
  );
}

function textOf(element: Element): string {
  return element.childNodes
    .map((child) => ("value" in child ? child.value : "tagName" in child ? textOf(child) : ""))
    .join("");
}

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

/** The plain text of a report, without elements, code blocks and quotations. */
const MARKDOWN_BLOCKS =
  /^(?:inline|(?:table|thead|tbody|tr|th|td|paragraph|heading|bullet_list|list_item)_(?:open|close))$/;

/** Of the table of implementations. */
const COLUMNS = 8;

function expectMarkdown(report: Report): void {
  const tokens: Token[] = markdownIt("default", { html: true }).parse(write(".md", report), {});
  const types = tokens.map(({ type }) => type);
  expect(types.filter((type) => type === "tr_open")).toHaveLength(
    1 + report.implementations.length,
  );
  expect(types.filter((type) => type === "th_open")).toHaveLength(COLUMNS);
  expect(types.filter((type) => type === "td_open")).toHaveLength(
    COLUMNS * report.implementations.length,
  );
  expect(types.filter((type) => !MARKDOWN_BLOCKS.test(type))).toEqual([]);
  const cells = tokens.filter((_, index) => /^t[dh]_open$/.test(tokens[index - 1]?.type ?? ""));
  for (const { children } of cells) {
    for (const { type } of children ?? []) expect(type).toMatch(/^text(_special)?$/);
  }
  const shown = report.implementations.map((_, index) =>
    (cells[COLUMNS * (index + 1)]?.children ?? []).map(({ content }) => content).join(""),
  );
  const wanted = report.implementations.map(({ name }) =>
    printable(name)
      .replaceAll("\n", "\\u{a}")
      .replaceAll("\t", "\\u{9}")
      .replace(/[\u2028\u2029]/g, (it) => `\\u{${it.charCodeAt(0).toString(16)}}`)
      .trim(),
  );
  expect(shown.toSorted()).toEqual(wanted.toSorted());
}

const acting = [
  "x\ud800",
  "\udc00\ud800",
  "</script><b>&amp;<!--",
  "a | b \\| c \\\\| d",
  "[a](javascript:b) ![c](d) <e@f.example> `g` **h** _i_ ~~j~~",
  "\u0000\u0001\u000b\u001b[31m\u007f\u009b\ufffe\uffff",
  "]]>&#0;&lt;",
  "\n| a | b |\n# c\r\n\u2028\u2029\u0085",
  "\u202e\u2066",
  "__proto__",
  "%zz%",
  "",
];
const text = fc.oneof(
  fc.constantFrom(...acting),
  fc.string({ unit: "binary", maxLength: 30 }),
  // Including lone surrogates.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.tuple(fc.constantFrom(...acting), fc.constantFrom(...acting)).map((parts) => parts.join(" ")),
);
const long = fc
  .tuple(text, fc.integer({ min: 0, max: 2 }))
  .map(([piece, by]) => (piece || "a").repeat(Math.ceil((by * 524_288) / (piece.length || 1))));

const cycle: unknown[] = [];
cycle.push(cycle, cycle);
const trap = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error("trap");
    },
  },
);
/** Values that only an implementation in this process can return. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    5,
    Number.NaN,
    2n ** 70n,
    Symbol("s"),
    () => {},
    cycle,
    trap,
    new Date(Number.NaN),
  ),
  fc.object(),
  fc.uint8Array(),
);
/** The behaviours of an implementation when it is asked. */
const answer = fc.oneof(
  fc.oneof(text, long, odd).map((value) => () => value),
  fc.oneof(text, long).map((message) => () => {
    throw new Error(message);
  }),
  text.map((message) => () => {
    throw new Unsupported(message);
  }),
  odd.map((thrown) => () => {
    throw thrown;
  }),
);
const steps = [
  "percentEncode",
  "signatureBaseString",
  "baseStringUri",
  "normalizeParameters",
] as const;

describe("the report", () => {
  it("is written in every format, whatever implementations answer", async () => {
    const implementation = fc.record({
      name: fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: long }),
      version: text,
      language: text,
      answers: fc.array(answer, { minLength: steps.length, maxLength: steps.length }),
    });
    const topics = ["base-string-uri", "parameter-normalization", "signature-base-string"];
    await fc.assert(
      fc.asyncProperty(fc.array(implementation, { minLength: 1, maxLength: 2 }), async (those) => {
        const report = await runConformance(
          those.map(({ answers, ...names }) => ({
            ...names,
            ...Object.fromEntries(steps.map((step, index) => [step, answers[index]])),
          })) as unknown as Implementation[],
          { topics, cases: 2, seed: 7 },
        );
        expectReadable(report);
      }),
      { numRuns: RUNS },
    );
  });

  it("is written in every format for a child with a hostile name, messages and standard error", async () => {
    const modes = ["answers", "errors", "unsupported", "crash", "noise", "missing"];
    const report = await runCandidates(
      modes.map((mode) => ({
        name: `${mode}\ud800|\u0000`,
        cases: 3,
        // A crash at each request must not start a hundred processes.
        open: () => commandImplementation(process.execPath, [hostile, mode], { restarts: 5 }),
      })),
      { topics: ["percent-encoding", "sign", "request-verification"], seed: 7 },
    );
    expect(report.implementations).toHaveLength(modes.length);
    expectReadable(report);
  });

  it("says how much of a value was truncated, and where base strings differ", async () => {
    const whole = (text: string) => ({
      name: "long",
      version: "1",
      language: "JavaScript",
      signatureBaseString: ({ url }: { url: string }) =>
        `GET&${"a".repeat(1_000_000)}${url}${text}`,
      percentEncode: () => "b".repeat(1_000_000),
    });
    const report = await runConformance([whole("x")], {
      topics: ["percent-encoding", "signature-base-string"],
      cases: 2,
      seed: 7,
    });
    const [found] = report.implementations;
    const failed = found?.results.filter(({ outcome }) => outcome === "failed") ?? [];
    const encoding = failed.find(({ topic }) => topic === "percent-encoding");
    expect(encoding?.received).toBe(`${"b".repeat(5000)}… [995000 more characters cut]`);
    const baseString = failed.find(
      ({ topic, kind }) => topic === "signature-base-string" && kind === "vector",
    );
    const { expected, received, index } = baseString?.explanation?.baseStrings ?? {};
    expect(expected?.slice(0, index)).toBe(received?.slice(0, index));
    expect(expected?.[index ?? 0]).not.toBe(received?.[index ?? 0]);
    expect(received).toMatch(/… \[\d+ more characters cut\]$/);
    expect(JSON.stringify(report).length).toBeLessThan(20_000_000);
  });

  it("is printed as JSON by the command for a child with answers of a mebibyte", () => {
    const files = ["json", "html", "xml", "md", "svg"].map((ending) =>
      join(folder, `big.${ending}`),
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[bin, "run", "--json", "--seed", "7", "--cases", "2"],
        ...files.flatMap((file) => ["--report", file]),
        ...["--", process.execPath, hostile, "big"],
      ],
      { maxBuffer: 2 ** 29 },
    );
    expect({ status, stderr: String(stderr) }).toEqual({ status: 1, stderr: "" });
    const report: Report = JSON.parse(String(stdout));
    expect(hasFailed(report)).toBe(true);
    expect(report.implementations[0]?.results.length).toBeGreaterThan(1000);
    for (const file of files.slice(0, 1))
      expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(report);
    expectReadable(report);
  });
});
