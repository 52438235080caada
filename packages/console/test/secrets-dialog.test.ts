// The four values are shown once. The dialog closes only after a deliberate answer.
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";
import { createKey, fillKeyForm, focused, namesOf, signInByLink } from "./console-user.js";

describe.skipIf(isMissing("chromium"))("the dialog with the secrets", () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    ({ page, complaints } = await watchedPage(context));
    await signInByLink(page, running);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });
  beforeEach(async () => {
    await page.goto(`${running.origin}/api-keys`);
    await page.getByText("keys in use").waitFor();
  });

  const question = () => page.getByRole("dialog", { name: "Close without saving the secrets?" });
  const dialog = (title: string) => page.getByRole("dialog", { name: title });

  async function saveNewKey(name: string): Promise<void> {
    await page.getByRole("link", { name: "Add new" }).click();
    await page.getByRole("heading", { name: "New API key" }).waitFor();
    await fillKeyForm(page, name);
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await dialog("API key created").waitFor();
  }

  it("asks for confirmation at the browser's Back after a creation, and stays if the answer is Go back", async () => {
    await saveNewKey("Back");
    const address = page.url();
    const secret = await page.locator('code[data-value="Secret"]').textContent();
    for (let presses = 0; presses < 2; presses++) {
      await page.goBack();
      await question().waitFor();
      expect(page.url()).toBe(address);
      await question().getByRole("button", { name: "Go back" }).click();
      await question().waitFor({ state: "detached" });
    }
    expect(await page.locator('code[data-value="Secret"]').textContent()).toBe(secret);
    await page.goBack();
    await question().getByRole("button", { name: "Close anyway" }).click();
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    expect(page.url()).toBe(`${running.origin}/api-keys`);
    expect(await page.content()).not.toContain(secret);
  });

  it("asks for confirmation at the browser's Back after a rotation", async () => {
    const { id } = await createKey(page, { applicationName: "Rotated" });
    await page.goto(`${running.origin}/api-keys`);
    await page.getByRole("link", { name: "Rotated" }).click();
    await page.getByRole("button", { name: "Rotate" }).press("Enter");
    await dialog("New secrets").waitFor();
    await page.goBack();
    await question().waitFor();
    expect(page.url()).toBe(`${running.origin}/api-keys/${id}`);
    await page.keyboard.press("Enter");
    await question().waitFor({ state: "detached" });
    await page.getByLabel("I have saved these secrets").check();
    await dialog("New secrets").getByRole("button", { name: "Close" }).last().click();
    await dialog("New secrets").waitFor({ state: "detached" });
    // The focus returns to the control that opened the dialog.
    expect(await focused(page)).toBe("Rotate");
    await page.goBack();
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  });

  it("asks for confirmation before the tab is closed", async () => {
    await saveNewKey("Closed tab");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const beforeUnload = await asked;
    expect(beforeUnload.type()).toBe("beforeunload");
    await beforeUnload.dismiss();
    await page.getByLabel("I have saved these secrets").check();
    await dialog("API key created").getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  });

  it("opens on the first value: Enter, Escape and X do not close it unsaved", async () => {
    await saveNewKey("Enter");
    expect(await focused(page)).toBe("App key");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await question().count()).toBe(0);
    await page.keyboard.press("Escape");
    await question().waitFor();
    expect(await focused(page)).toBe("Go back");
    await page.keyboard.press("Escape");
    await question().waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await question().waitFor();
    await page.keyboard.press("Enter");
    await question().waitFor({ state: "detached" });
    expect(await dialog("API key created").isVisible()).toBe(true);
    expect(await focused(page)).toBe("App key");
  });

  it("shows the warning inside a small viewport, above all other content", async () => {
    await saveNewKey("Small");
    const close = dialog("API key created").getByRole("button", { name: "Close" }).first();
    await close.click();
    await question().waitFor();
    const box = await question().getByText("You won't be able to see these").boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    // A second click at the position of X does not reach it.
    await page.mouse.click(355, 60);
    expect(await question().isVisible()).toBe(true);
    expect(await isTooWide(page)).toBe(false);
    expect(await accessibilityFaults(page)).toEqual([]);
    await question().getByRole("button", { name: "Close anyway" }).click();
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    expect(await namesOf(page, "Small")).toEqual(["Small"]);
  });

  it("closes without confirmation after all four values were copied", async () => {
    await saveNewKey("Copied");
    const names = ["App key", "Secret", "Access token", "Access token secret"];
    for (const name of names) {
      expect(await page.getByLabel("I have saved these secrets").isChecked()).toBe(false);
      await page.getByRole("button", { name: `Copy ${name}`, exact: true }).click();
      await page.getByRole("button", { name: `Copied ${name}`, exact: true }).waitFor();
    }
    await page.getByRole("checkbox", { name: "I have saved", checked: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    expect(await focused(page)).toBe("API keys");
  });

  it.each([
    ["Weather bot 2", /^weather-bot-2\.env$/],
    ["Zürich", /^zurich\.env$/],
    ["🚀🚀", /^api-key-[0-9a-f]{8}\.env$/],
    ["طقس اليوم", /^api-key-[0-9a-f]{8}\.env$/],
  ])(
    "downloads the values of %s as a file with the name that the example program reads",
    async (name, file) => {
      await saveNewKey(name);
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download as .env" }).click();
      const suggested = (await download).suggestedFilename();
      expect(suggested).toMatch(file);
      await page.getByRole("tab", { name: "fetch" }).click();
      await page.getByText(`node --env-file=${suggested} call.mjs`).waitFor();
      await dialog("API key created").getByRole("button", { name: "Close" }).last().click();
      await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    },
  );

  it("causes no error in the browser", () => {
    expect(complaints).toEqual([]);
  });
});
