// The eight steps of the document "Create an OAuth 1.0 API key", in a browser.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RunningConsole } from "@oauth1/console";
import { createSigner } from "@oauth1/signer";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";

const PASSWORD = "a long password for tests";

describe.skipIf(isMissing("chromium"))("the API keys of an account", () => {
  let running: RunningConsole & { readonly lines: readonly string[] };
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    ({ page, complaints } = await watchedPage(context));
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  it("step 1: signs an administrator in with the one-time link", async () => {
    await page.goto(running.oneTimeLink ?? "");
    await page.getByLabel("Password", { exact: false }).first().fill("too short");
    await page.getByLabel("Confirm password").fill("too short");
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("must have at least 12 characters.").waitFor();
    expect(page.url()).toBe(`${running.origin}/welcome`);

    await page.getByLabel("Password", { exact: false }).first().fill(PASSWORD);
    await page.getByLabel("Confirm password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("heading", { name: "API keys" }).waitFor();
    await page.getByText("First call").waitFor();
  });

  it("steps 2 and 3: opens the API keys and the form for a new key", async () => {
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("link", { name: "Add new" }).click();
    await page.getByRole("heading", { name: "New API key" }).waitFor();
  });

  it("steps 4 and 5: accepts names, a description, a category and permissions", async () => {
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Enter an application name.").waitFor();
    expect(await page.evaluate("document.activeElement.getAttribute('name')")).toBe(
      "applicationName",
    );

    await page.getByLabel("Application name").fill("Weather bot");
    await page.getByRole("button", { name: "Add description" }).click();
    await page.getByLabel("Description").fill("Forecasts the weather");
    await page.getByLabel("Developer name").fill("Jane Doe");
    await page.getByLabel("Category").selectOption("Agent Interactions");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Select at least one permission.").waitFor();
    await page.getByLabel("User Login").check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
  });

  const values: Record<string, string> = {};
  let curl = "";

  it("step 6: shows the four values", async () => {
    await page.getByRole("heading", { name: "API key created" }).waitFor();
    for (const name of ["App key", "Secret", "Access token", "Access token secret"]) {
      const value = (await page.locator(`code[data-value="${name}"]`).textContent()) ?? "";
      values[name] = value;
      await page.getByRole("button", { name: `Copy ${name}`, exact: true }).click();
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(value);
    }
    expect(values["App key"]).toMatch(/^[0-9a-f]{32}$/);
    expect(values["Access token"]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(Object.values(values)).size).toBe(4);
    expect(await accessibilityFaults(page)).toEqual([]);
    curl = (await page.getByRole("tabpanel").textContent()) ?? "";

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as .env" }).click();
    const stream = await (await download).createReadStream();
    const text = Buffer.concat(await stream.toArray()).toString("utf8");
    for (const value of Object.values(values)) expect(text).toContain(`=${value}\n`);
  });

  it("step 7: asks for confirmation before the dialog closes", async () => {
    await page.getByLabel("I have saved these secrets").uncheck();
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.getByText("You won't be able to see these secrets again. Close anyway?").waitFor();
    await page.getByRole("button", { name: "Go back" }).click();
    await page.getByLabel("I have saved these secrets").check();
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.getByRole("link", { name: "Weather bot" }).waitFor();
    await page.getByText("Keys cannot be deleted").waitFor();
    expect(await page.content()).not.toContain(values["Secret"]);
  });

  it("step 8: accepts the header of the page, and one that a signer created", async () => {
    const { stdout } = await promisify(execFile)("sh", ["-c", `${curl} -sS -w '\\n%{http_code}'`]);
    const [answer = "", status] = stdout.split("\n");
    expect(status).toBe("200");
    expect(JSON.parse(answer)).toMatchObject({ applicationName: "Weather bot" });

    const url = `${running.origin}/api/account/${running.accountId}/echo/agent-interactions/user-login`;
    const signer = createSigner({
      client: { identifier: values["App key"] ?? "", sharedSecret: values["Secret"] ?? "" },
      token: {
        identifier: values["Access token"] ?? "",
        sharedSecret: values["Access token secret"] ?? "",
      },
    });
    const signed = signer.sign({ method: "POST", url });
    expect((await fetch(signed.url, signed)).status).toBe(200);
    // Sending the same request again is a replay.
    const replay = await fetch(signed.url, signed);
    expect(replay.status).toBe(401);
    expect(replay.headers.get("www-authenticate")).toContain("nonce_used");

    const other = signer.sign({
      method: "GET",
      url: url.replace(/echo.*/, "echo/data/data-access"),
    });
    const missing = await fetch(other.url, other);
    expect(missing.status).toBe(403);
    expect(await missing.text()).toContain("Data Access API");
  });

  it("edits, disables and rotates a key, and shows this in the history", async () => {
    await page.getByRole("link", { name: "Weather bot" }).click();
    await page.getByRole("heading", { name: "Edit privileges" }).waitFor();
    await page.getByLabel("Category").selectOption("Data");
    await page.getByLabel("Data Access API").check();
    await page.getByLabel("Engagement History API").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page
      .getByText("API permissions: User Login → Data Access API, Engagement History API")
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("button", { name: "Enable" }).waitFor();
    await page.getByRole("button", { name: "Enable" }).click();
    await page.getByRole("button", { name: "Disable" }).waitFor();

    await page.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("heading", { name: "New secrets" }).waitFor();
    const secret = await page.locator('code[data-value="Secret"]').textContent();
    expect(secret).not.toBe(values["Secret"]);
    await page.getByLabel("I have saved these secrets").check();
    await page.getByRole("button", { name: "Close" }).first().click();
  });

  it("can be created with only the keyboard", async () => {
    await page.goto(`${running.origin}/api-keys`);
    await page.getByRole("link", { name: "Weather bot" }).waitFor();
    await tabTo(page, "Add new");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "New API key" }).waitFor();
    await tabTo(page, "applicationName");
    await page.keyboard.type("By keyboard");
    await tabTo(page, "developerName");
    await page.keyboard.type("Jane Doe");
    await tabTo(page, "category");
    await page.keyboard.type("Functions");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await tabTo(page, "Save");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "API key created" }).waitFor();
    // The focus is in the dialog, and Escape asks for confirmation.
    expect(await page.evaluate("document.activeElement.closest('dialog') !== null")).toBe(true);
    await tabTo(page, "tab-curl");
    await page.keyboard.press("ArrowRight");
    await page.getByText("signedFetch(").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("You won't be able to see these secrets again. Close anyway?").waitFor();
    await tabTo(page, "Close anyway");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "By keyboard" }).waitFor();
  });

  it("searches and pages keys", async () => {
    await createKeys(page, 30);
    await page.goto(`${running.origin}/api-keys`);
    await page.getByText("1 of 2").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("2 of 2").waitFor();
    await page.getByLabel("Search").fill("weather");
    await page.getByRole("link", { name: "Weather bot" }).waitFor();
    await expect.poll(() => page.locator("table.keys tbody tr").count()).toBe(1);
    await page.getByLabel("Search").fill("no such key");
    await page.getByText("No keys match your search.").waitFor();
  });

  it("keeps the form if the account becomes full before it is saved", async () => {
    await createKeys(page, 66);
    await page.goto(`${running.origin}/api-keys/new`);
    await page.getByLabel("Application name").fill("One too many");
    await page.getByLabel("Developer name").fill("Jane Doe");
    await page.getByLabel("Category").selectOption("Functions");
    await page.getByLabel("Functions API").check();
    // Another administrator takes the last place.
    await createKeys(page, 1);
    await page.getByRole("button", { name: "Save" }).click();
    await page
      .getByRole("alert")
      .getByText(/has 100 API keys, which is the maximum/)
      .waitFor();
    expect(await page.getByLabel("Application name").inputValue()).toBe("One too many");
  });

  it("explains the limit of 100 keys", async () => {
    await page.goto(`${running.origin}/api-keys`);
    await page.getByText("This account has 100 keys, which is the maximum.").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    // "Add new" explains it too, instead of a form that cannot be saved.
    await page.getByRole("link", { name: "Add new" }).click();
    await page.getByRole("heading", { name: "New API key" }).waitFor();
    await page.getByText("This account has 100 keys, which is the maximum.").waitFor();
    await page.getByText("a disabled key still counts").waitFor();
    expect(await page.getByLabel("Application name").count()).toBe(0);
    await page.getByRole("link", { name: "Back to the API keys" }).click();
    await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  });

  it("does not let an Agent add keys", async () => {
    const link = await page.evaluate(`(async () => {
      const session = await (await fetch("/api/console/session")).json();
      const response = await fetch("/api/console/users", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrfToken },
        body: JSON.stringify({ username: "agent", role: "Agent" }),
      });
      return (await response.json()).link.token;
    })()`);
    const other = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const { page: phone, complaints: onPhone } = await watchedPage(other);
    await phone.goto(`${running.origin}/welcome#${link}`);
    await phone.getByLabel("Password", { exact: false }).first().fill(PASSWORD);
    await phone.getByLabel("Confirm password").fill(PASSWORD);
    await phone.getByRole("button", { name: "Set password" }).click();
    await phone.getByRole("heading", { name: "API keys" }).waitFor();
    await phone.getByText("of 100 keys in use").waitFor();
    expect(await phone.getByRole("link", { name: "Add new" }).count()).toBe(0);
    expect(await isTooWide(phone)).toBe(false);
    await phone.goto(`${running.origin}/api-keys/new`);
    await phone.getByText("Your role (Agent) cannot add keys.").waitFor();

    await phone.getByRole("button", { name: "Sign out" }).click();
    await phone.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await accessibilityFaults(phone)).toEqual([]);
    await phone.getByLabel("User name").fill("agent");
    await phone.getByLabel("Password").fill("not the password");
    await phone.getByRole("button", { name: "Sign in" }).click();
    await phone.getByRole("alert").getByText(/wrong/i).waitFor();
    await other.close();
    expect(onPhone).toEqual([]);
  });

  it("causes no error in the browser, and logs no secret", () => {
    expect(complaints).toEqual([]);
    const log = running.lines.join("");
    expect(log).toContain('"path":"/api/console/keys"');
    for (const secret of [values["Secret"], values["Access token secret"], PASSWORD]) {
      expect(log).not.toContain(secret);
    }
  });
});

/** Presses Tab until the element with a name, id or text has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const [focused, isVisible] = (await page.evaluate(`(() => {
      const element = document.activeElement;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const names = [element.getAttribute("name"), element.id, element.textContent];
      return [names, outlineStyle !== "none" || boxShadow !== "none"];
    })()`)) as [string[], boolean];
    if (focused.includes(name)) {
      expect(isVisible, `the focus on ${name} is seen`).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** Creates keys with the API, as the page does. */
async function createKeys(page: Page, count: number): Promise<void> {
  const statuses = await page.evaluate(`(async () => {
    const { csrfToken } = await (await fetch("/api/console/session")).json();
    const create = (number) => fetch("/api/console/keys", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken },
      body: JSON.stringify({
        applicationName: "Application " + number,
        developerName: "Jane Doe",
        category: "data",
        permissions: ["data-access"],
      }),
    }).then(({ status }) => status);
    const statuses = [];
    for (let number = 0; number < ${count}; number++) statuses.push(await create(number));
    return statuses;
  })()`);
  expect(statuses).toEqual(Array(count).fill(201));
}
