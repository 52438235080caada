// A console of its own for each test file, and Debian's Chromium.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningConsole, startConsole } from "@oauth1/console";
import { pino } from "pino";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Whether there is a browser. Where there is none, the test is skipped aloud; in CI it fails. */
export const hasChromium: boolean = existsSync(CHROMIUM);
if (!hasChromium) {
  if (process.env["CI"]) throw new Error(`${CHROMIUM} is missing`);
  console.warn(`SKIPPED: the console in a browser, since ${CHROMIUM} is missing`);
}

export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A console on an embedded database in a temporary folder, on a free port. */
export async function startTestConsole(): Promise<
  RunningConsole & { readonly lines: readonly string[] }
> {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-console-"));
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(line) });
  const running = await startConsole({ port: 0, dataFolder, log });
  return {
    ...running,
    lines,
    async close() {
      await running.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** What axe finds wrong with a page by WCAG 2.2 AA: rule and place. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The page's own policy refuses scripts that come from elsewhere: axe comes by the debugger.
  await page.evaluate(axeSource);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations)`,
  );
  const violations = found as { id: string; nodes: { html: string; failureSummary: string }[] }[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** A page that keeps what the browser complains of: errors of scripts and of the console. */
export async function watchedPage(
  context: BrowserContext | Browser,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // A refused request is an answer, which the page shows.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** Whether something is wider than the window. */
export function isTooWide(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.documentElement.scrollWidth > document.documentElement.clientWidth",
  );
}
