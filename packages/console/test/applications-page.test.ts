// Connected applications: from the registration to the end of access, in a browser.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  authorizationUrl,
  readAuthorizationCallback,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import type { RunningConsole } from "@oauth1/console";
import { createSigner } from "@oauth1/signer";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";
import { call, PASSWORD, signInByLink } from "./console-user.js";

interface Credentials {
  readonly identifier: string;
  readonly sharedSecret: string;
}

describe.skipIf(isMissing("chromium"))("connected applications", () => {
  let running: RunningConsole;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let application: Server;
  let callback: string;

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    // Without transitions, the colors of the other theme apply at once.
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
    });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    ({ page, complaints } = await watchedPage(context));
    await signInByLink(page, running);
    // The page of the application, on another site than the console.
    application = createServer((request, response) => {
      response.setHeader("Content-Type", "text/html");
      const target = new URL(request.url ?? "/", "http://localhost").searchParams.get("to") ?? "";
      response.end(
        `<title>Printer</title><a href="${target.replaceAll("&", "&amp;")}">Connect</a>`,
      );
    });
    await new Promise<void>((resolve) => application.listen(0, () => resolve()));
    callback = `http://localhost:${(application.address() as AddressInfo).port}/ready?from=console`;
  });
  afterAll(async () => {
    await browser?.close();
    application?.close();
    await running?.close();
  });

  /** Checks the page with axe in both themes, and that it fits a phone. */
  async function expectAccessible(on: Page): Promise<void> {
    for (const theme of ["light", "dark"]) {
      await on.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
      expect(await accessibilityFaults(on), theme).toEqual([]);
    }
    await on.setViewportSize({ width: 390, height: 800 });
    expect(await isTooWide(on)).toBe(false);
    await on.setViewportSize({ width: 1280, height: 800 });
  }

  const endpoint = (name: string) => `${running.origin}/oauth/${name}`;
  const development = { allowInsecureTransport: true };
  const begin = (client: Credentials, to = callback) =>
    requestTemporaryCredentials(endpoint("initiate"), { client, callback: to, ...development });
  const exchange = (client: Credentials, temporaryCredentials: Credentials, verifier: string) =>
    requestTokenCredentials(endpoint("token"), {
      ...{ client, temporaryCredentials, verifier, ...development },
    });

  async function whoami(token: Credentials, by: Credentials = client) {
    const url = `${running.origin}/api/account/${running.accountId}/whoami`;
    const { headers } = createSigner({ client: by, token }).sign({ method: "GET", url });
    const response = await fetch(url, { headers: headers as HeadersInit });
    return response.ok ? response.json() : response.status;
  }

  let client: Credentials;
  let token: Credentials;

  it("an administrator registers an application, and sees its credentials once", async () => {
    await page.getByRole("link", { name: "Applications", exact: true }).click();
    await page.getByText("No application is registered yet.").waitFor();
    await page.getByText("You have not given an application access").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Register application" }).click();
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("Enter an application name.").waitFor();
    await expectAccessible(page);
    await page.getByLabel("Application name").fill("Printer <b>2</b>");
    await page.getByLabel("Developer name").fill("Example Printers");
    await page.getByLabel("What it asks for").fill("See your name\nPrint your photos");
    await page.getByLabel("Callbacks").fill(`${callback}\njavascript:alert(1)`);
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("javascript:alert(1): Callbacks: must be an absolute URL").waitFor();
    await page.getByLabel("Callbacks").fill(`${callback}\noob\n`);
    expect(await page.getByText("must be an absolute URL").count()).toBe(0);
    await page.getByRole("button", { name: "Register" }).click();
    const dialog = page.getByRole("dialog", { name: "Application registered" });
    await dialog.waitFor();
    await expectAccessible(page);
    const [identifier = "", sharedSecret = "", ...addresses] = await dialog
      .locator("code")
      .allTextContents();
    client = { identifier, sharedSecret };
    expect(addresses).toEqual(["initiate", "authorize", "token"].map(endpoint));
    // Leaving needs a confirmation until the secret is saved.
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await page.getByRole("button", { name: "Go back" }).click();
    await dialog.getByLabel("I have saved these secrets").check();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await page.getByRole("heading", { name: "Printer <b>2</b>" }).waitFor();
    await page.getByText("Nobody has given this application access.").waitFor();
    expect(await page.content()).not.toContain(sharedSecret);
    await expectAccessible(page);
  });

  it("a signed-in user comes from the application, allows it, and the token works", async () => {
    const temporary = await begin(client);
    const to = encodeURIComponent(authorizationUrl(endpoint("authorize"), temporary).toString());
    await page.goto(`${callback}&to=${to}`);
    await page.getByRole("link", { name: "Connect" }).click();
    await page.getByRole("heading", { name: "Allow Printer <b>2</b> to use" }).waitFor();
    await page.getByText("Print your photos").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await isTooWide(page)).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole("button", { name: "Allow" }).click();
    await page.waitForURL(`${callback}&oauth_token=**`);
    token = await exchange(
      client,
      temporary,
      readAuthorizationCallback(page.url(), temporary).verifier,
    );
    expect(await whoami(token)).toMatchObject({
      account: running.accountId,
      user: { username: "admin", role: "Administrator" },
      application: { name: "Printer <b>2</b>", client: client.identifier },
    });
  });

  it("a user without a session signs in, and returns to the consent page", async () => {
    const other = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const { page: phone, complaints: onPhone } = await watchedPage(other);
    const temporary = await begin(client, "oob");
    await phone.goto(authorizationUrl(endpoint("authorize"), temporary).toString());
    await phone.getByLabel("User name").fill("admin");
    await phone.getByLabel("Password").fill(PASSWORD);
    await phone.getByRole("button", { name: "Sign in" }).click();
    await phone.getByRole("button", { name: "Allow" }).click();
    const code = await phone.locator("code").textContent();
    const second = await exchange(client, temporary, code ?? "");
    expect(await whoami(second)).toMatchObject({ user: { username: "admin" } });
    expect(onPhone).toEqual([]);
    await other.close();
  });

  it("the administrator revokes one token, and the user ends the other access", async () => {
    await page.goto(`${running.origin}/applications`);
    await page.getByRole("link", { name: "Printer <b>2</b>" }).click();
    const revoke = page.getByRole("button", { name: /^Revoke the token of admin/ });
    await revoke.last().waitFor();
    expect(await revoke.count()).toBe(2);
    await expectAccessible(page);
    // The older one.
    await revoke.last().click();
    await vi.waitFor(async () => expect(await revoke.count()).toBe(1));
    expect(await whoami(token)).toBe(401);
    await page.getByRole("link", { name: "Connected applications" }).click();
    await page.getByText("It can: See your name, Print your photos.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: /^End access of Printer/ }).click();
    await page.getByText("You have not given an application access").waitFor();
    expect((await call(page, "GET", "/tokens")).body).toEqual({ tokens: [] });
  });

  it("the administrator edits callbacks, and sees another administrator's change first", async () => {
    await page.getByRole("link", { name: "Printer <b>2</b>" }).click();
    await page.getByText("Nobody has given this application access.").waitFor();
    const { body } = await call(page, "GET", "/applications");
    const path = `/applications/${body.applications[0].id}`;
    await call(page, "PATCH", path, { callbacks: ["oob"], developerName: "Jane Doe" });
    await page.getByLabel("Callbacks").fill("https://printer.example.com/ready");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Save again to replace their values (Callbacks: oob).").waitFor();
    expect(await page.getByLabel("Developer name").inputValue()).toBe("Jane Doe");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    expect((await call(page, "GET", path)).body).toMatchObject({
      callbacks: ["https://printer.example.com/ready"],
      developerName: "Jane Doe",
    });
  });

  it("the administrator generates a secret, and disables and enables the application", async () => {
    await page.getByLabel("Current secret stops working").selectOption("Immediately");
    await page.getByRole("button", { name: "Generate secret" }).click();
    const dialog = page.getByRole("dialog", { name: "New secret" });
    const [, sharedSecret = ""] = await dialog.locator("code").allTextContents();
    await dialog.getByLabel("I have saved these secrets").check();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(begin(client, "oob")).rejects.toMatchObject({ status: 401 });
    const renewed = { ...client, sharedSecret };
    await expect(begin(renewed, callback)).rejects.toMatchObject({ status: 400 });
    expect(await begin(renewed, "https://printer.example.com/ready")).toHaveProperty("identifier");
    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("button", { name: "Enable" }).waitFor();
    await expect(begin(renewed, "https://printer.example.com/ready")).rejects.toMatchObject({
      status: 401,
    });
    await page.getByRole("button", { name: "Enable" }).click();
    await page.getByRole("button", { name: "Disable" }).waitFor();
  });

  it("the activity of the application says who did what", async () => {
    await page.getByRole("link", { name: "Its activity" }).click();
    const changes = page.getByRole("table");
    await changes.getByText("Application enabled").waitFor();
    for (const text of [
      "Application registered",
      "Access granted",
      "Access revoked",
      "Application secret generated",
      "Account of admin",
    ]) {
      await changes.getByText(text, { exact: true }).first().waitFor();
    }
    await page.getByText(`Callbacks: ${callback}, oob → oob`).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it("a Viewer sees only the own access", async () => {
    const { body } = await call(page, "POST", "/users", { username: "jane", role: "Viewer" });
    const other = await browser.newContext();
    const { page: jane } = await watchedPage(other);
    await signInByLink(jane, {
      ...running,
      oneTimeLink: `${running.url}/welcome#${body.link.token}`,
    });
    await jane.goto(`${running.origin}/applications`);
    await jane.getByText("You have not given an application access").waitFor();
    expect(await jane.getByRole("link", { name: "Register application" }).count()).toBe(0);
    await jane.goto(`${running.origin}/applications/new`);
    await jane.getByText("Your role (Viewer) cannot manage applications.").waitFor();
    await other.close();
  });
});
