// Members, activity and the user's own account, in a browser.
import { createKey, editKey, openInstallation, SYSTEM } from "@oauth1/api-keys";
import { createUser, firstStart } from "@oauth1/api-keys/admin";
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";

const PASSWORD = "a long password for tests";
const NEW_PASSWORD = "another password for tests";
const NAMES = {
  long: "Reconciliation of invoices between subsidiaries ".repeat(2).trim(),
  rightToLeft: "تطبيق الطقس (\u200f2.0)",
  emoji: "🌧️👩🏽‍💻🏳️‍🌈 rain",
  unbroken: "x".repeat(100),
  formula: "=HYPERLINK(1)",
};

/** Keys with unusual names, members, and 1,000 entries of activity. */
async function prepare(dataFolder: string): Promise<void> {
  const installation = await openInstallation({ dataFolder });
  const { accountId } = await firstStart(installation);
  for (const applicationName of Object.values(NAMES)) {
    const { key } = await createKey(installation, accountId, SYSTEM, {
      applicationName,
      developerName: "Jane Doe",
      category: "agent-interactions",
      permissions: ["user-login"],
    });
    await editKey(installation, accountId, SYSTEM, key.id, {
      category: "data",
      permissions: ["data-access", "engagement-history"],
    });
  }
  for (const username of [
    "ann.with-a-very-long-name.that-goes-on.and-on@subsidiary.example",
    "bob",
  ]) {
    await createUser(installation, accountId, SYSTEM, { username, role: "Campaign Manager" });
  }
  await createUser(installation, accountId, SYSTEM, { username: "weather.bot", role: "Agent" });
  await installation.client.query(
    `insert into audit_log (account_id, actor_name, action, before, after, key_id, at)
     select $1, 'deploy script', 'key edited', '{"developerName": "Jane"}',
       jsonb_build_object('developerName', 'Jane ' || number),
       (select id from api_keys where application_name = 'x' or length(application_name) = 100),
       now() - interval '2 days'
     from generate_series(1, 1000) as number`,
    [accountId],
  );
  await installation.close();
}

describe.skipIf(isMissing("chromium"))("members, activity and account", () => {
  let running: RunningConsole & { readonly lines: readonly string[] };
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let jane: { context: BrowserContext; page: Page; complaints: string[] };

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(prepare), startChromium()]);
    // Without transitions, the colors of the other theme apply at once.
    const reducedMotion = "reduce";
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    ({ page, complaints } = await watchedPage(context));
    await setPassword(page, running.oneTimeLink ?? "", PASSWORD);
    const other = await browser.newContext({
      viewport: { width: 390, height: 800 },
      reducedMotion,
    });
    jane = { context: other, ...(await watchedPage(other)) };
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  async function setPassword(on: Page, link: string, password: string): Promise<void> {
    await on.goto(link);
    await on.getByLabel("Password", { exact: false }).first().fill(password);
    await on.getByLabel("Confirm password").fill(password);
    await on.getByRole("button", { name: "Set password" }).click();
    await on.getByRole("heading", { name: "API keys" }).waitFor();
  }

  async function signIn(on: Page, username: string, password: string): Promise<void> {
    await on.goto(`${running.origin}/api-keys`);
    await on.getByLabel("User name").fill(username);
    await on.getByLabel("Password").fill(password);
    await on.getByRole("button", { name: "Sign in" }).click();
  }

  /** Checks the page with axe in both themes, and that it fits a phone. */
  async function expectAccessible(on: Page): Promise<void> {
    const viewport = on.viewportSize();
    for (const theme of ["light", "dark"]) {
      await on.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
      expect(await accessibilityFaults(on), theme).toEqual([]);
    }
    await on.setViewportSize({ width: 390, height: 800 });
    expect(await isTooWide(on)).toBe(false);
    if (viewport) await on.setViewportSize(viewport);
  }

  let link = "";

  it("invite a member with only the keyboard, and show the link once", async () => {
    await page.goto(`${running.origin}/api-keys`);
    await page.getByRole("link", { name: "Members", exact: true }).press("Enter");
    await page.getByRole("heading", { name: "Members" }).waitFor();
    await page.getByRole("link", { name: "bob" }).waitFor();
    await expectAccessible(page);
    await tabTo(page, "Invite member");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Invite a member" }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // The focus is on the name. A wrong name is explained, and the error disappears.
    await page.keyboard.press("Enter");
    await page.getByText("Enter a user name.").waitFor();
    await page.keyboard.type("jane doe");
    expect(await page.getByText("Enter a user name.").count()).toBe(0);
    await page.keyboard.press("Enter");
    await page.getByText("Use 1 to 64 letters").waitFor();
    await page.getByLabel("User name").fill("BOB");
    await page.keyboard.press("Enter");
    await page.getByText("Another user of this account has this name.").waitFor();
    await page.getByLabel("User name").fill("jane");
    expect(await page.getByRole("radio", { name: /^Viewer/ }).isChecked()).toBe(true);
    expect(await page.getByRole("radio", { name: /^Agent/ }).count()).toBe(0);
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "One-time link for jane" }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    link = (await page.locator("[data-link]").textContent()) ?? "";
    expect(link).toMatch(new RegExp(`^${running.origin}/welcome#[\\w-]{43}$`));
    await page.getByText("The link works once, until").waitFor();
    await tabTo(page, "Copy the link");
    await page.keyboard.press("Enter");
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(link);
    await tabTo(page, "Done");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "jane" }).waitFor();
    await page.getByText("Invited: the link works until").waitFor();
    expect(await page.content()).not.toContain(link.split("#")[1]);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Invite member");
  });

  it("let a Viewer see keys and activity, but not change anything", async () => {
    await setPassword(jane.page, link, PASSWORD);
    const navigation = jane.page.getByRole("navigation", { name: "Pages" });
    await navigation.getByRole("link", { name: "Activity" }).waitFor();
    expect(await navigation.getByRole("link", { name: "Members" }).count()).toBe(0);
    expect(await jane.page.getByRole("link", { name: "Add new" }).count()).toBe(0);
    await jane.page.getByRole("link", { name: NAMES.emoji }).click();
    await jane.page.getByRole("heading", { name: NAMES.emoji }).waitFor();
    await jane.page.getByText(/User Login → Data Access API, Engagement History/).waitFor();
    expect(await jane.page.getByRole("button", { name: /Save|Disable|Rotate/ }).count()).toBe(0);
    await navigation.getByRole("link", { name: "Activity" }).click();
    await jane.page.getByText(/\d+ changes/).waitFor();
    await expectAccessible(jane.page);
    await jane.page.goto(`${running.origin}/members`);
    await jane.page.getByText("Your role (Viewer) cannot manage members.").waitFor();
  });

  it("change a role, which applies at the next request", async () => {
    await page.getByRole("link", { name: "jane" }).click();
    await page.getByRole("heading", { name: "jane" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Role").selectOption("Campaign Manager");
    await page.getByRole("button", { name: "Change role" }).click();
    await page.getByText("Saved.").waitFor();
    await jane.page.goto(`${running.origin}/api-keys`);
    await jane.page.getByRole("link", { name: "Add new" }).waitFor();
  });

  it("end the sessions of a member, who signs in again", async () => {
    await page.getByText("1 open session, last used").waitFor();
    await page.getByRole("button", { name: "End sessions" }).click();
    await page.getByText("No open sessions.").waitFor();
    await jane.page.reload();
    await jane.page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(jane.page, "jane", PASSWORD);
    await jane.page.getByRole("heading", { name: "API keys" }).waitFor();
  });

  it("disable a member after a confirmation, and enable the member again", async () => {
    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("heading", { name: "Disable jane?" }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await jane.page.reload();
    await jane.page.getByRole("heading", { name: "API keys" }).waitFor();

    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await page.getByText("This member is disabled and cannot sign in.").waitFor();
    expect(await page.getByRole("button", { name: "Create reset link" }).isDisabled()).toBe(true);
    await signIn(jane.page, "jane", PASSWORD);
    await jane.page.getByRole("alert").getByText(/wrong/i).waitFor();
    await page.getByRole("button", { name: "Enable" }).click();
    await page.getByText("A disabled member cannot sign in.").waitFor();
  });

  it("reset a password with a link", async () => {
    await page.getByRole("button", { name: "Create reset link" }).click();
    await page.getByRole("heading", { name: "One-time link for jane" }).waitFor();
    const reset = (await page.locator("[data-link]").textContent()) ?? "";
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("A link is open until").waitFor();
    await setPassword(jane.page, reset, NEW_PASSWORD);
    await page.reload();
    await page.getByText("1 open session, last used").waitFor();
    expect(await page.getByText("A link is open until").count()).toBe(0);
  });

  it("do not remove the last administrator, and say why", async () => {
    await page.getByRole("link", { name: "Members" }).first().click();
    await page.getByRole("main").getByRole("link", { name: "admin", exact: true }).click();
    await page.getByRole("heading", { name: "admin" }).waitFor();
    await page.getByLabel("Role").selectOption("Viewer");
    await page.getByRole("button", { name: "Change role" }).click();
    await page
      .getByRole("alert")
      .getByText(/must leave at least one enabled administrator/)
      .waitFor();
    await page.getByLabel("Role").selectOption("Administrator");
    expect(await page.getByText(/must leave at least one/).count()).toBe(0);
  });

  it("add an agent for bots without a link", async () => {
    await page.goto(`${running.origin}/members`);
    await page.getByRole("button", { name: "Add agent" }).click();
    await page.getByLabel("User name").fill("rain.bot");
    await page.getByRole("button", { name: "Add agent" }).last().click();
    await page.getByRole("link", { name: "rain.bot" }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("change the user's own password, and end other sessions", async () => {
    const second = await browser.newContext();
    const { page: elsewhere } = await watchedPage(second);
    await signIn(elsewhere, "jane", NEW_PASSWORD);
    await elsewhere.getByRole("heading", { name: "API keys" }).waitFor();

    const { page: mine } = jane;
    await mine.getByRole("link", { name: "jane" }).click();
    await mine.getByRole("heading", { name: "Your account" }).waitFor();
    await expect.poll(() => mine.locator(".own-sessions li").count()).toBe(2);
    await mine.getByText("this session").waitFor();
    expect(await mine.locator(".own-sessions").textContent()).toMatch(/Chrom\w+ on Linux/);
    expect(await mine.locator(".own-sessions").textContent()).toContain("From 127.0.0.1.");
    await expectAccessible(mine);
    await mine.getByRole("button", { name: /^End the session of/ }).click();
    await expect.poll(() => mine.locator(".own-sessions li").count()).toBe(1);
    await elsewhere.reload();
    await elsewhere.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(elsewhere, "jane", NEW_PASSWORD);
    await elsewhere.getByRole("heading", { name: "API keys" }).waitFor();

    await mine.getByLabel("Current password").fill("not the password");
    await mine.getByLabel(/^New password/).fill("short");
    await mine.getByRole("button", { name: "Change password" }).click();
    await mine.getByText("Enter at least 12 characters.").waitFor();
    await mine.getByLabel(/^New password/).fill(PASSWORD);
    expect(await mine.getByText("Enter at least 12 characters.").count()).toBe(0);
    await mine.getByText("The passwords do not match.").waitFor();
    await mine.getByLabel("Confirm new password").fill(PASSWORD);
    expect(await mine.getByText("The passwords do not match.").count()).toBe(0);
    await mine.getByRole("button", { name: "Change password" }).click();
    await mine.getByText("This is not your current password.").waitFor();
    expect(await accessibilityFaults(mine)).toEqual([]);
    await mine.getByLabel("Current password").fill(NEW_PASSWORD);
    expect(await mine.getByText("This is not your current password.").count()).toBe(0);
    await mine.getByRole("button", { name: "Change password" }).click();
    await mine.getByText("Your password is changed.").waitFor();
    expect(await mine.getByLabel("Current password").inputValue()).toBe("");
    await expect.poll(() => mine.locator(".own-sessions li").count()).toBe(1);
    await elsewhere.reload();
    await elsewhere.getByRole("heading", { name: "Sign in" }).waitFor();
    // This session continues with its new cookie.
    await mine.reload();
    await mine.getByRole("heading", { name: "Your account" }).waitFor();
    await second.close();
  });

  it("page 1,000 entries of activity, with unusual names", async () => {
    await page.goto(`${running.origin}/activity`);
    await page.getByText(/^1,?0\d\d changes$/).waitFor();
    await page.getByRole("link", { name: "Older" }).click();
    await page.getByText(/^Page 2 of 2\d$/).waitFor();
    expect(new URL(page.url()).search).toBe("?page=2");
    await page.getByText("Developer name: Jane → Jane").first().waitFor();
    expect(await page.locator("table.activity tbody tr").count()).toBe(50);
    await expectAccessible(page);
    await page.goto(`${running.origin}/activity?page=21`);
    await page.getByText("Page 21 of").waitFor();
    await page.goto(`${running.origin}/activity?action=key+created`);
    for (const name of Object.values(NAMES)) {
      await page.getByRole("link", { name, exact: true }).waitFor();
    }
    await expectAccessible(page);
  });

  it("filter by a form whose values are in the address", async () => {
    await page.goto(`${running.origin}/activity`);
    await page.getByLabel("Changed by").selectOption("deploy script");
    await page.getByLabel("API key").selectOption(NAMES.unbroken);
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText(/^1,?000 changes found$/).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      actor: "deploy script",
      keyId: expect.stringMatching(/^[\w-]{36}$/),
    });
    // The address alone leads to the same page.
    await page.reload();
    await page.getByText(/^1,?000 changes found$/).waitFor();
    expect(await page.getByLabel("Changed by").inputValue()).toBe("deploy script");

    const today = new Date();
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
    await page.getByLabel("From").fill(day);
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("No changes match these filters.").waitFor();
    await page.goBack();
    await page.getByText(/^1,?000 changes found$/).waitFor();
    expect(await page.getByLabel("From").inputValue()).toBe("");
    await page.getByRole("link", { name: "Clear filters" }).click();
    await page.getByText(/^1,?0\d\d changes$/).waitFor();
    await page.getByLabel("Member").selectOption("jane");
    await page.getByLabel("Action").selectOption("user edited");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("Role: Viewer → Campaign Manager").waitFor();
    await page.getByText("3 changes found").waitFor();
  });

  it("download the filtered activity as CSV without formulas", async () => {
    await page.goto(`${running.origin}/activity?action=key+created`);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^activity-\d+-\d{4}-\d\d-\d\d\.csv$/);
    const text = Buffer.concat(await (await file.createReadStream()).toArray()).toString("utf8");
    const lines = text.split("\r\n");
    expect(lines).toHaveLength(Object.keys(NAMES).length + 2);
    expect(text).toContain(`,'${NAMES.formula},`);
    expect(text).toContain(NAMES.rightToLeft);
  });

  it("cause no error in the browser, and do not log a secret", () => {
    expect([...complaints, ...jane.complaints]).toEqual([]);
    const log = running.lines.join("");
    expect(log).toContain('"path":"/api/console/users"');
    for (const secret of [PASSWORD, NEW_PASSWORD, link.split("#")[1]]) {
      expect(log).not.toContain(secret);
    }
  });
});

/** Presses Tab until the element with this text has the focus, which must be visible. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const [focused, isVisible] = (await page.evaluate(`(() => {
      const element = document.activeElement;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      return [element.textContent, outlineStyle !== "none" || boxShadow !== "none"];
    })()`)) as [string, boolean];
    if (focused === text) {
      expect(isVisible, `the focus on ${text} is seen`).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${text}`);
}
