// The conformance report within the console, in a browser.
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestConsole, watchedPage } from "./browser.js";

describe.skipIf(isMissing("chromium"))("the conformance page", () => {
  let running: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  it("has an address for each cell, which opens that cell", async () => {
    const { page, complaints } = await watchedPage(browser);
    await page.goto(`${running.origin}/conformance`);
    const report = page.frameLocator("iframe");
    await report.locator("a.cell.many[href*='/sign']").first().click();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#[\w.-]+\/sign$/);
    const heading = await report.locator("#details h2").textContent();

    const { page: other } = await watchedPage(browser);
    await other.goto(page.url());
    const shared = other.frameLocator("iframe").locator("#details h2");
    await expect.poll(() => shared.textContent()).toBe(heading);
    expect(complaints).toEqual([]);
    await other.close();
    await page.close();
  });

  it("follows the theme that is chosen in the console", async () => {
    const context = await browser.newContext({ colorScheme: "light" });
    const { page } = await watchedPage(context);
    for (const view of ["report", "pairwise", "coverage"]) {
      await page.goto(`${running.origin}/conformance?view=${view}`);
      const body = page.frameLocator("iframe").locator("body");
      const background = () =>
        body.evaluate((element) => getComputedStyle(element).backgroundColor);
      await page.getByRole("button", { name: "Use the dark theme" }).click();
      await expect.poll(background).toBe("rgb(18, 22, 28)");
      await page.getByRole("button", { name: "Use the light theme" }).click();
      await expect.poll(background).toBe("rgb(255, 255, 255)");
    }
    await context.close();
  });

  it("shows which signer interoperates with which verifier, and what tests each statement", async () => {
    const { page, complaints } = await watchedPage(browser);
    await page.goto(`${running.origin}/conformance`);
    await page.getByRole("link", { name: "Interoperability" }).click();
    const pairs = page.frameLocator("iframe[title=Interoperability]");
    await pairs
      .getByRole("columnheader", { name: /passport-http-oauth/ })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Coverage" }).click();
    const coverage = page.frameLocator("iframe[title=Coverage]");
    await coverage.getByText("§3.4.1.3.2").first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
