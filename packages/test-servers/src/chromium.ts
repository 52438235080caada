import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { requireFolder } from "./installed.js";

/** Prevents Chromium's own requests, and lets it run as root without a display. */
const ARGUMENTS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * Starts Debian's Chromium without a window. Its pages wait two minutes for an element, because a
 * machine can be slow.
 *
 * @throws Error if Chromium is not installed.
 */
export async function startChromium(): Promise<Browser> {
  const { chromium, executablePath } = await loadPlaywright();
  const browser = await chromium.launch({ executablePath, args: [...ARGUMENTS] });
  browser.on("context", (context) => context.setDefaultTimeout(120_000));
  return browser;
}

/**
 * Starts Chromium with a profile, which only then opens connections before a request.
 *
 * @param profile - The folder of the profile. It is created if it is missing.
 * @param more - Arguments of the command line.
 * @throws Error if Chromium is not installed.
 */
export async function startChromiumWithProfile(
  profile: string,
  options: BrowserContextOptions,
  more: readonly string[],
): Promise<BrowserContext> {
  const { chromium, executablePath } = await loadPlaywright();
  const args = [...ARGUMENTS, ...more];
  return chromium.launchPersistentContext(profile, { ...options, executablePath, args });
}

/** Most tests need no browser, and should not wait until Playwright is loaded. */
async function loadPlaywright() {
  const { chromium } = await import("playwright-core");
  return { chromium, executablePath: join(requireFolder("chromium"), "chromium") };
}
