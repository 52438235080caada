// The list of keys: its address, its order, its filters, and long names.
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";
import { call, createKey, signInByLink } from "./console-user.js";

const LONG = "Conversational weather forecasting integration for staging ".repeat(2).slice(0, 100);

describe.skipIf(isMissing("chromium"))("the list of keys", () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    ({ page, complaints } = await watchedPage(context));
    await signInByLink(page, running);
    for (let number = 1; number <= 30; number++) {
      await createKey(page, { applicationName: `App ${number}` });
    }
    const { id } = await createKey(page, {
      applicationName: LONG,
      developerName: "W".repeat(100),
      description: "d".repeat(300),
      category: "data",
      permissions: ["data-access"],
    });
    await call(page, "POST", `/keys/${id}/disable`);
    await createKey(page, {
      applicationName: "תחזית מזג האוויר 🚀",
      category: "functions",
      permissions: ["functions"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });
  beforeEach(async () => {
    await page.goto(`${running.origin}/api-keys`);
    await page.getByText("keys in use").waitFor();
  });

  const names = () => page.locator("table.keys tbody td:first-child a").allTextContents();

  it("keeps search, order, filters and page in the address; Back from a key returns to them", async () => {
    await page.getByLabel("Sort by").selectOption("Application, A to Z");
    await page.getByLabel("Search").fill("app");
    await page.getByText("30 match of 33 keys").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("2 of 2").waitFor();
    await expect.poll(names).toEqual(["App 26", "App 27", "App 28", "App 29", "App 30"]);
    const address = page.url();
    expect(new URL(address).search).toBe("?search=app&sort=applicationName&order=ascending&page=2");
    await page.getByRole("link", { name: "App 28" }).click();
    await page.getByRole("heading", { name: "App 28" }).waitFor();
    await page.goBack();
    await expect.poll(names).toContain("App 28");
    expect(page.url()).toBe(address);
    expect(await page.getByLabel("Search").inputValue()).toBe("app");
    // The link above a key leads to the same list.
    await page.getByRole("link", { name: "App 28" }).click();
    await page.getByRole("heading", { name: "App 28" }).waitFor();
    await page.locator("main").getByRole("link", { name: "API keys" }).click();
    await expect.poll(names).toContain("App 28");
    expect(page.url()).toBe(address);
    // So does a reload, and the address in another tab.
    await page.reload();
    await expect.poll(names).toContain("App 28");
    // Back goes to the page before.
    await page.goto(`${running.origin}/api-keys`);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("2 of 2").waitFor();
    await page.goBack();
    await page.getByText("1 of 2").waitFor();
  });

  it("follows Back and the navigation link, also in the search field", async () => {
    await page.getByLabel("Search").fill("App 1");
    await page.getByText(/match of/).waitFor();
    await page.getByLabel("Status").selectOption("Enabled");
    await expect.poll(() => page.url()).toContain("enabled=true");
    await page
      .getByRole("navigation", { name: "Pages", exact: true })
      .getByText("API keys")
      .click();
    await expect.poll(() => page.getByLabel("Search").inputValue()).toBe("");
    await page.getByText("33 keys", { exact: true }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByLabel("Search").inputValue()).toBe("App 1");
  });

  it("sorts in natural order: App 2 comes before App 10", async () => {
    await page.getByLabel("Sort by").selectOption("Application, A to Z");
    await expect.poll(names).toContain("App 12");
    expect((await names()).slice(0, 12)).toEqual(
      Array.from({ length: 12 }, (_, index) => `App ${index + 1}`),
    );
  });

  it("finds and filters by status and category, and counts the matches", async () => {
    await page.getByLabel("Status").selectOption("Disabled");
    await page.getByText("1 matches of 33 keys").waitFor();
    expect(await names()).toEqual([LONG]);
    await page.getByLabel("Status").selectOption("All");
    await page.getByLabel("Category").selectOption("Functions");
    await expect.poll(names).toEqual(["תחזית מזג האוויר 🚀"]);
    await page.getByLabel("Category").selectOption("All");
    await page.getByLabel("Search").fill("disabled");
    await expect.poll(names).toEqual([LONG]);
    await page.getByLabel("Search").fill("agent interactions");
    await expect.poll(() => page.getByRole("status").textContent()).toMatch(/^3\d match of 33/);
    await page.getByLabel("Search").fill("nothing of that name");
    await page.getByText("0 match of 33 keys").waitFor();
  });

  it("shows the last page if the address names one that no longer exists", async () => {
    await page.goto(`${running.origin}/api-keys?page=9`);
    await page.getByText("2 of 2").waitFor();
    await page.goto(`${running.origin}/api-keys?page=x&sort=nothing&enabled=perhaps`);
    await page.getByText("1 of 2").waitFor();
  });

  it("announces that a search is running", async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api/console/keys?*", async (route) => {
      await held;
      await route.continue();
    });
    await page.getByLabel("Search").fill("App 3");
    await page.getByText("Searching…").waitFor();
    answer();
    await page.getByText("2 match of 33 keys").waitFor();
    await page.unroute("**/api/console/keys?*");
  });

  it("marks the key that the console created", async () => {
    await page.getByLabel("Search").fill("First call");
    await expect.poll(names).toEqual(["First call"]);
    await page.locator("table.keys").getByText("example", { exact: true }).waitFor();
    await page.getByRole("link", { name: "First call" }).click();
    await page.getByText("The console created this key at its first start").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  for (const [width, colorScheme] of [
    [1280, "light"],
    [390, "dark"],
  ] as const) {
    it(`cuts long names without breaking a word, ${width} pixels wide`, async () => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.reload();
      const link = page.getByRole("link", { name: LONG });
      await link.waitFor();
      expect(await link.getAttribute("title")).toBe(LONG);
      expect(await isTooWide(page)).toBe(false);
      expect(await accessibilityFaults(page)).toEqual([]);
      // The number of lines that each text takes up.
      const lines =
        (await page.evaluate(`[...document.querySelectorAll(".keys :is(th, .mono, .cut)")]
        .map((cell) => {
          const text = document.createRange();
          text.selectNodeContents(cell);
          return text.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight);
        })`)) as number[];
      expect(Math.max(...lines)).toBeLessThan(1.6);
      const mark = await page.getByText("disabled", { exact: true }).boundingBox();
      expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThanOrEqual(width);
      await link.click();
      await page.getByRole("heading", { name: LONG }).waitFor();
      expect(await isTooWide(page)).toBe(false);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: null });
    });
  }

  it("causes no error in the browser", () => {
    expect(complaints).toEqual([]);
  });
});
