// A separate console for each test file, and what tests see in a page.
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { type RunningConsole, startConsole } from "@oauth1/console";
import { pino } from "pino";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { freshDataFolder } from "./data-folder.js";

/**
 * Starts a console with an embedded database in a temporary folder, on a free port.
 *
 * @param prepare - Adds data to the folder before the start.
 */
export async function startTestConsole(
  prepare?: (dataFolder: string) => Promise<void>,
): Promise<RunningConsole & { readonly lines: readonly string[] }> {
  const dataFolder = await freshDataFolder();
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
