import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type Implementation,
  type ImplementationReport,
  type Report,
  reportWriters,
  runConformance,
} from "@oauth1/conformance";
import { isMissing, startChromium } from "@oauth1/test-servers";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedResult } from "../dist/history/recorded-result.js";

/** Encodes like encodeURIComponent, which does not encode five reserved characters. */
const sloppy: Implementation = {
  name: "sloppy </script><b>&",
  version: "1.0",
  language: "JavaScript",
  percentEncode: (input) => encodeURIComponent(String(input)),
};
const options = { topics: ["percent-encoding"], cases: 20, seed: 1 };

let report: Report;
beforeAll(async () => {
  const ran = await runConformance([sloppy], options);
  const missing: ImplementationReport = {
    name: "absent",
    version: null,
    language: "Go",
    kinds: ["signer"],
    status: "missing",
    missing: "go: not found",
    seconds: 0,
    cases: 0,
    results: [],
  };
  report = { ...ran, implementations: [...ran.implementations, missing] };
});

function write(ending: string, written = report): string {
  return reportWriters.get(ending)?.(written) ?? "";
}

function sloppyReport(): ImplementationReport {
  const [first] = report.implementations;
  if (first === undefined) throw new Error("no implementation");
  return first;
}

function ofLevel(level: string): ImplementationReport["results"] {
  return sloppyReport().results.filter((result) => result.level === level);
}

function failedIds(): string[] {
  return (report.implementations[0]?.results ?? [])
    .filter(({ outcome }) => outcome === "failed")
    .map(({ id }) => id);
}

describe("Markdown", () => {
  it("has a line for each implementation", () => {
    const [heading, , , , , , ...lines] = write(".md").split("\n");
    expect(heading).toBe("# OAuth 1.0 conformance");
    const required = ofLevel("required");
    const asked = required.filter(({ outcome }) => outcome !== "unsupported");
    const wrong = required.filter(({ outcome }) => outcome === "failed");
    expect(lines[0]).toContain(`| ${wrong.length} of ${asked.length} |`);
    expect(lines[1]).toBe("| absent |  |  | Go | not installed |  |  |  |");
  });

  it("puts implementations that were asked too little in parentheses, after the others", () => {
    const [answer] = sloppyReport().results;
    if (answer === undefined) throw new Error("nothing ran");
    const little = { ...sloppyReport(), name: "asked once", results: [answer] };
    const markdown = write(".md", { ...report, implementations: [little, sloppyReport()] });
    const [, , , , , , ...lines] = markdown.split("\n");
    expect(lines[0]).toContain("sloppy");
    expect(lines[1]).toContain("| asked once | 1.0 |  | JavaScript | (0 of 1) |");
  });
});

/** A run that ended early, with the passes until then. */
function givenUpReport(): Report {
  const results = sloppyReport().results.filter(({ outcome }) => outcome === "passed");
  const implementation = { ...sloppyReport(), results, givenUp: "it broke <the> protocol" };
  return { ...report, implementations: [implementation] };
}

it("the Markdown report says that a run was given up, even if nothing failed until then", () => {
  const markdown = write(".md", givenUpReport());
  expect(markdown).toContain("The run was given up: it broke &#60;the&#62; protocol\n");
});

describe("JUnit XML", () => {
  it("is well-formed and counts failures", () => {
    const xml = write(".xml");
    expect(XMLValidator.validate(xml)).toBe(true);
    const parser = new XMLParser({ ignoreAttributes: false });
    const suites = parser.parse(xml).testsuites.testsuite;
    expect(Number(suites[0]["@_failures"])).toBe(failedIds().length);
    const failures = suites[0].testcase.filter((found: object) => "failure" in found);
    expect(failures.map((found: Record<string, string>) => found["@_name"])).toEqual(failedIds());
    expect(suites[1]["@_skipped"]).toBe("1");
  });
});

/** The report of one implementation, which badges are for. */
function single() {
  return { ...report, implementations: [sloppyReport()] };
}

describe("a badge", () => {
  const endings = [".svg", ".shields.json"];
  const passing = () => {
    const results = sloppyReport().results.filter(({ outcome }) => outcome === "passed");
    return { ...report, implementations: [{ ...sloppyReport(), results }] };
  };
  const silent = () => ({ ...report, implementations: [{ ...sloppyReport(), results: [] }] });

  it("shows how much of what is required passes", () => {
    const answered = ofLevel("required").filter(({ outcome }) => outcome !== "unsupported");
    const passed = answered.filter(({ outcome }) => outcome === "passed");
    const text = `${passed.length} of ${answered.length}`;
    expect(passed.length).toBeLessThan(answered.length);
    expect(write(".svg", single())).toContain(`>${text}</text>`);
    // https://shields.io/badges/endpoint-badge
    expect(JSON.parse(write(".shields.json", single()))).toEqual({
      schemaVersion: 1,
      label: "RFC 5849",
      message: text,
      color: expect.stringMatching(/^[0-9a-f]{6}$/),
    });
  });

  it("has one colour for failures, another for no failures, and a third if nothing was asked", () => {
    const colours = [single(), passing(), silent()].map(
      (written) => JSON.parse(write(".shields.json", written)).color,
    );
    expect(new Set(colours).size).toBe(3);
    expect(JSON.parse(write(".shields.json", silent())).message).toBe("not run");
  });

  it("never shows a run that was given up as passed", () => {
    expect(write(".svg", givenUpReport())).toContain(">given up</text>");
    const { message, color } = JSON.parse(write(".shields.json", givenUpReport()));
    expect(message).toBe("given up");
    expect(color).toBe(JSON.parse(write(".shields.json", single())).color);
  });

  it.each(endings)("%s is for one implementation", (ending) => {
    expect(() => write(ending)).toThrow(RangeError);
  });
});

const UPSTREAM = "https://example.com/issues/1";

describe.skipIf(isMissing("chromium"))("the HTML report in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-report-"));
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(join(folder, "report.html"), write(".html"));
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it("leads from a red cell to the vector, on a phone, without a network", async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    expect(await page.locator("tbody th a").allTextContents()).toEqual([sloppy.name, "absent"]);
    expect(await page.locator("td.missing").textContent()).toBe("not installed");

    const failed = failedIds();
    await page.locator("td a.cell").first().click();
    expect(await page.locator("#details h2").textContent()).toBe(
      `${sloppy.name}: percent-encoding`,
    );
    expect(await page.locator("#details > details").count()).toBe(failed.length);
    await page.locator("#details > details summary").first().click();
    const opened = page.locator("#details > details[open] dl");
    await opened.waitFor();
    expect(await opened.textContent()).toContain("what went in");
    const isWider = await page.evaluate(
      "document.documentElement.scrollWidth > document.documentElement.clientWidth",
    );
    expect(isWider).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("shows the rows of a language, the columns of a topic and the numbers of a level", async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    const cell = page.locator("td a.cell").first();
    const all = await cell.textContent();
    const required = ofLevel("required").filter(({ outcome }) => outcome === "failed");
    expect(all).toBe(String(required.length));
    await page.getByLabel("Level").selectOption("robustness");
    expect(await cell.textContent()).toBe("✓");
    await page.getByLabel("Level").selectOption("");
    expect(await cell.textContent()).toBe(all);
    await page.getByLabel("Language").selectOption("Go");
    expect(await page.locator("tbody tr:visible th").allTextContents()).toEqual([
      expect.stringContaining("absent"),
    ]);
    await page.getByLabel("Language").selectOption("");
    await page.locator("select[name=topic]").selectOption("percent-encoding");
    expect(await page.locator("thead th[data-topic]:visible").count()).toBe(1);
    await page.close();
  });

  it("has a page for each library: its badge, and each cause with an example and a program", async () => {
    const cause = "It writes a plus for a space.";
    const known = structuredClone(report);
    for (const result of known.implementations.flatMap(({ results }) => results)) {
      if (result.outcome !== "failed") continue;
      Object.assign(result, {
        verdict: "expected-failure",
        expectation: { deviation: "SpaceAsPlus", cause, fault: "library", upstream: UPSTREAM },
      });
    }
    const source = "// Look at the plus.\nconsole.log('received +');\n";
    const reproduction = {
      deviation: "SpaceAsPlus",
      file: "reproductions/SpaceAsPlus.mjs",
      source,
    };
    const reproductions = new Map([[sloppy.name, [reproduction]]]);
    const text = reportWriters.get(".html")?.(known, { reproductions }) ?? "";
    writeFileSync(join(folder, "library.html"), text);
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(
      `${pathToFileURL(join(folder, "library.html")).href}#${encodeURIComponent(sloppy.name)}`,
    );
    const drawn = await page.locator("#details svg title").textContent();
    expect(drawn).toBe(`RFC 5849: ${/>(\d+ of \d+)</.exec(write(".svg", single()))?.[1]}`);
    const shown = page.locator(".cause", { hasText: cause });
    expect(await shown.getByRole("link").getAttribute("href")).toBe(UPSTREAM);
    await shown.getByText("Smallest example").click();
    expect(failedIds()).toContain(
      (await shown.locator("summary").first().textContent())?.slice(18),
    );
    await shown.getByText("Reproduction without the adapter").click();
    const program = shown.locator("details").last().locator("pre");
    expect(await program.textContent()).toBe(source);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("shows the results of a library's versions", async () => {
    const { levels, ...recorded } = recordedResult(report, sloppyReport());
    const versions = ["0.9", "1.0"].map((version) => ({
      ...recorded,
      levels,
      version,
      released: "2020-02-02",
    }));
    const history = new Map([[sloppy.name, versions]]);
    writeFileSync(
      join(folder, "versions.html"),
      reportWriters.get(".html")?.(report, { history }) ?? "",
    );
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, "versions.html")).href);
    await page.locator("tbody th a").first().click();
    expect(await page.locator(".trend rect").count()).toBe(2);
    const rows = page.locator(".versions tr");
    expect(await rows.count()).toBe(3);
    const { failed, passed } = levels.required;
    expect(await rows.nth(1).textContent()).toContain(
      `0.92020-02-02${failed} of ${failed + passed}`,
    );
    await page.close();
  });
});
