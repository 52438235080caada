// A separate console for each test file, and Debian's Chromium.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningConsole, startConsole } from "@oauth1/console";
import { pino } from "pino";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** The path of Debian's Chromium. */
export const CHROMIUM = "/usr/bin/chromium";

/** True if Chromium is installed. Otherwise tests are skipped with a warning, and fail in CI. */
export const hasChromium: boolean = existsSync(CHROMIUM);
if (!hasChromium) {
  if (process.env["CI"]) throw new Error(`${CHROMIUM} is missing; install Chromium`);
  console.warn(`SKIPPED: the tests in a browser, because ${CHROMIUM} is missing`);
}

/** What keeps Chromium from requests of its own, and lets it run as root without a display. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium. Its pages wait two minutes for an element, since a machine may be slow. */
export async function startChromium(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGUMENTS],
  });
  browser.on("context", (context) => context.setDefaultTimeout(120_000));
  return browser;
}

/**
 * Starts a console with an embedded database in a temporary folder, on a free port.
 *
 * @param prepare - Adds data to the folder before the start.
 */
export async function startTestConsole(
  prepare?: (dataFolder: string) => Promise<void>,
): Promise<RunningConsole & { readonly lines: readonly string[] }> {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-console-"));
  await prepare?.(dataFolder);
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

/** Returns the violations of WCAG 2.2 AA that axe finds in a page: rule and place. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The page's policy blocks scripts of other origins, so the debugger injects axe.
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

/** Opens a page, and records script errors and errors in the browser's console. */
export async function watchedPage(
  context: BrowserContext | Browser,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // The page itself shows a rejected request.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** Returns true if the page is wider than the window. */
export function isTooWide(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.documentElement.scrollWidth > document.documentElement.clientWidth",
  );
}
