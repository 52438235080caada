// Sessions that end, servers that are unavailable, and pages that cannot be loaded.
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessibilityFaults, startTestConsole } from "./browser.js";
import { call, fillKeyForm, focused, namesOf, PASSWORD, signInByLink } from "./console-user.js";

describe.skipIf(isMissing("chromium"))("a session in the console", () => {
  let running: RunningConsole;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
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

  const again = () => page.getByRole("dialog", { name: "Your session has ended" });

  /** Ends the session like a sign-out in another tab. */
  async function signOutElsewhere(): Promise<void> {
    const { status } = await call(page, "DELETE", "/session");
    expect(status).toBe(204);
  }

  async function signInElsewhere(): Promise<void> {
    const status = await page.evaluate(`fetch("/api/console/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: ${JSON.stringify(JSON.stringify({ username: "admin", password: PASSWORD }))},
    }).then(({ status }) => status)`);
    expect(status).toBe(200);
  }

  /** Presses "Try again" and waits until its request has failed. */
  async function tryAgainInVain(address: string): Promise<void> {
    const asked = page.waitForRequest(address);
    await page.getByRole("button", { name: "Try again" }).click();
    const answer = await (await asked).response().catch(() => null);
    expect(answer?.ok() ?? false).toBe(false);
  }

  async function openNewKey(name: string): Promise<void> {
    await page.getByRole("link", { name: "Add new" }).click();
    await page.getByRole("heading", { name: "New API key" }).waitFor();
    await page.getByLabel("Application name").waitFor();
    await fillKeyForm(page, name);
  }

  async function closeSecrets(): Promise<void> {
    await page.getByRole("dialog", { name: "API key created" }).waitFor();
    await page.getByLabel("I have saved these secrets").check();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  }

  it("that ends while a form is filled in lets the user sign in over the form, which is then saved", async () => {
    await openNewKey("Draft");
    await signOutElsewhere();
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await again().waitFor();
    expect(await page.getByLabel("User name").inputValue()).toBe("admin");
    expect(await focused(page)).toBe("password");
    expect(await accessibilityFaults(page)).toEqual([]);
    // A wrong password changes nothing, and its error disappears with the next key.
    await page.keyboard.type("wrong password");
    await page.keyboard.press("Enter");
    const wrong = again()
      .getByRole("alert")
      .getByText(/is wrong/);
    await wrong.waitFor();
    await page.getByLabel("Password").fill("");
    await wrong.waitFor({ state: "detached" });
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await closeSecrets();
    expect(await namesOf(page, "Draft")).toEqual(["Draft"]);
  });

  it("that ends keeps the form if the user closes the dialog, and asks again at Save", async () => {
    await openNewKey("Later");
    await signOutElsewhere();
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await again().waitFor();
    await page.keyboard.press("Escape");
    await again().waitFor({ state: "detached" });
    await page
      .getByRole("alert")
      .getByText(/session has ended/)
      .waitFor();
    expect(await focused(page)).toBe("Save");
    expect(await page.getByLabel("Application name").inputValue()).toBe("Later");
    await page.keyboard.press("Enter");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await closeSecrets();
    expect(await namesOf(page, "Later")).toEqual(["Later"]);
  });

  it("that another tab has replaced is used by this tab without asking", async () => {
    await openNewKey("Other tab");
    await signOutElsewhere();
    await signInElsewhere();
    await page.getByRole("button", { name: "Save" }).click();
    await closeSecrets();
    expect(await namesOf(page, "Other tab")).toEqual(["Other tab"]);
  });

  it("of another user in another tab does not save this user's form", async () => {
    const { body } = await call(page, "POST", "/users", {
      username: "manager",
      role: "Campaign Manager",
    });
    await openNewKey("Mine");
    const status = await page.evaluate(`fetch("/api/console/password", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: "${body.link.token}", password: "${PASSWORD}" }),
    }).then(({ status }) => status)`);
    expect(status).toBe(200);
    await page.getByRole("button", { name: "Save" }).click();
    await again().waitFor();
    expect(await namesOf(page, "Mine")).toEqual([]);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await closeSecrets();
    const { body: list } = await call(page, "GET", "/keys?search=Mine");
    const { body: audit } = await call(page, "GET", `/keys/${list.keys[0].id}/audit`);
    expect(audit.entries[0].actor.name).toBe("admin");
  });

  it("leads to the sign-in page if the user discards the form", async () => {
    await openNewKey("Given up");
    await signOutElsewhere();
    await page.getByRole("button", { name: "Save" }).click();
    await again().getByRole("button", { name: "Discard it and sign in as another user" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.title()).toBe("Sign in · @oauth1 console");
    await signInElsewhere();
  });

  for (const [name, away, back] of [
    [
      "is unreachable",
      () => page.route("**/api/console/session", (route) => route.abort()),
      () => page.unroute("**/api/console/session"),
    ],
    [
      "answers 503",
      () =>
        page.route("**/api/console/session", (route) => route.fulfill({ status: 503, body: "" })),
      () => page.unroute("**/api/console/session"),
    ],
  ] as const) {
    it(`shows no sign-in form if the server ${name}, and continues when it is back`, async () => {
      await away();
      await page.goto(`${running.origin}/api-keys`);
      await page.getByRole("heading", { name: "The server is unavailable" }).waitFor();
      expect(await page.getByLabel("Password").count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      await tryAgainInVain("**/api/console/session");
      await page.getByRole("heading", { name: "The server is unavailable" }).waitFor();
      await back();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    });
  }

  it("shows a message if signing out fails", async () => {
    await context.setOffline(true);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("alert").getByText("You are still signed in.").waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signInElsewhere();
  });

  it("shows a message for a page that cannot be loaded, and loads it when the server is back", async () => {
    await context.setOffline(true);
    await page.getByRole("link", { name: "Playground" }).click();
    await page.getByRole("heading", { name: "This page could not be loaded" }).waitFor();
    expect(await focused(page)).toBe("This page could not be loaded");
    expect(page.url()).toBe(`${running.origin}/playground`);
    await tryAgainInVain("**/playground");
    await page.getByRole("heading", { name: "This page could not be loaded" }).waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Playground" }).waitFor();
  });

  it("moves the focus to the heading of each page, and names it in the title", async () => {
    for (const [link, heading] of [
      ["Playground", "Playground"],
      ["Conformance", "Conformance"],
      ["API keys", "API keys"],
      ["Add new", "New API key"],
    ] as const) {
      await page.getByRole("link", { name: link, exact: true }).press("Enter");
      await page.getByRole("heading", { name: heading, exact: true, level: 1 }).waitFor();
      await expect.poll(() => focused(page)).toBe(heading);
      expect(await page.title()).toBe(`${heading} · @oauth1 console`);
    }
    await page.goBack();
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    await expect.poll(() => focused(page)).toBe("API keys");
    await page.getByRole("link", { name: "First call" }).press("Enter");
    await expect.poll(() => page.title()).toBe("First call · @oauth1 console");
    expect(await focused(page)).toContain("First call");
  });

  it("reports an unknown key with the console's own message", async () => {
    await page.goto(`${running.origin}/api-keys/not-a-key`);
    await page.getByRole("alert").getByText("The account has no API key with this id.").waitFor();
  });
});

describe.skipIf(isMissing("chromium"))("a first visit", () => {
  let running: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  it("logs nothing in the browser's console", async () => {
    const page = await browser.newPage();
    const messages: string[] = [];
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(String(error)));
    await page.goto(`${running.origin}/`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByRole("link", { name: "Playground" }).click();
    await page.getByRole("heading", { name: "Playground" }).waitFor();
    expect(messages).toEqual([]);
    await page.close();
  });

  it("can reload the welcome page: the link still works, but is not in the address", async () => {
    const page = await browser.newPage();
    await page.goto(running.oneTimeLink ?? "");
    await page.getByText("Choose a password for").waitFor();
    await page.reload();
    await page.getByText("Choose a password for").waitFor();
    expect(page.url()).toBe(`${running.origin}/welcome`);

    // The server is unavailable for a moment.
    await page.route("**/one-time-link", (route) => route.abort());
    await page.reload();
    await page.getByRole("alert").getByText("The server did not respond.").waitFor();
    await page.unroute("**/one-time-link");
    await page.getByRole("button", { name: "Try again" }).click();

    // Errors clear as soon as the values are right.
    const password = page.getByLabel("Password", { exact: false }).first();
    await password.fill("too short");
    await page.getByRole("button", { name: "Set password" }).click();
    const short = page.getByText("must have at least 12 characters.");
    await short.waitFor();
    await password.fill(PASSWORD);
    await short.waitFor({ state: "detached" });
    const different = page.getByText("The passwords do not match.");
    await different.waitFor();
    await page.getByLabel("Confirm password").fill(PASSWORD);
    await different.waitFor({ state: "detached" });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("heading", { name: "API keys" }).waitFor();

    // Now the link is used.
    await page.goto("about:blank");
    await page.goto(running.oneTimeLink ?? "");
    await page.getByText("This link is invalid, used or expired.").waitFor();
    await page.close();
  });
});
