import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** True if Chromium is installed. Otherwise tests are skipped with a warning, and fail in CI. */
export const hasChromium: boolean = existsSync(CHROMIUM);
if (!hasChromium) {
  if (process.env["CI"] === "true") throw new Error(`${CHROMIUM} is missing; install Chromium`);
  console.warn(`SKIPPED: the tests in a browser, because ${CHROMIUM} is missing`);
}

/** Starts Chromium. Its pages wait two minutes for an element, because a machine can be slow. */
export async function startChromium(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  browser.on("context", (context) => context.setDefaultTimeout(120_000));
  return browser;
}
