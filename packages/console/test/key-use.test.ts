// The use of a key in a browser: last use, calls and their diagnosis, addresses, expiry.
import { mkdirSync } from "node:fs";
import type { RunningConsole } from "@oauth1/console";
import { createSigner } from "@oauth1/signer";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";
import { call, signInByLink } from "./console-user.js";

interface Made {
  readonly key: { readonly id: string };
  readonly credentials: {
    readonly client: { readonly identifier: string; readonly sharedSecret: string };
    readonly token: { readonly identifier: string; readonly sharedSecret: string };
  };
}

describe.skipIf(isMissing("chromium"))("the use of a key", () => {
  let running: RunningConsole;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    ({ page, complaints } = await watchedPage(context));
    await signInByLink(page, running);
    page.on("console", (message) => {
      // The browser logs the rejected Save of a wrong address.
      if (!message.text().includes("422")) complaints.push(`${message.type()}: ${message.text()}`);
    });
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  async function makeKey(fields: object): Promise<Made> {
    const { body, status } = await call(page, "POST", "/keys", {
      developerName: "Jane Doe",
      category: "data",
      permissions: ["data-access"],
      ...fields,
    });
    expect(status).toBe(201);
    return body;
  }

  const address = (permission: string) =>
    `${running.origin}/api/account/${running.accountId}/echo/data/${permission}`;

  /** Signs one URL and calls another. */
  async function send({ credentials }: Made, called: string, signed = called) {
    const { headers } = createSigner(credentials).sign({ method: "GET", url: signed });
    return (await fetch(called, { headers })).status;
  }

  it("shows which endpoint a permission opens, and what the key of a bot needs", async () => {
    await page.goto(`${running.origin}/api-keys/new`);
    await page.getByLabel("Category").selectOption("Data");
    await page.getByText("GET /api/account/{account}/echo/data/data-access").waitFor();
    await page.getByText("Search past conversations and read their transcripts").waitFor();
    const hint = page.getByText("For the key of a bot, select the category");
    await hint.waitFor();
    expect(await hint.textContent()).toContain("Agent Interactions and the permission User Login");
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel("Category").selectOption("Agent Interactions");
    await hint.waitFor({ state: "detached" });
    await page.getByText("POST /api/account/{account}/login").waitFor();
  });

  it("stores allowed addresses and an end, and reports a wrong address", async () => {
    const { key } = await makeKey({ applicationName: "Restricted" });
    await page.goto(`${running.origin}/api-keys/${key.id}`);
    await page.getByLabel("Allowed addresses").fill("10.1.2.3/8\n10.1");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("10.1: Allowed addresses: must be an IP address or a range").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel("Allowed addresses").fill("10.1.2.3/8\n2001:DB8::1");
    await page.getByLabel("Expires").fill("2099-12-31T23:30");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    expect(await page.getByLabel("Allowed addresses").inputValue()).toBe("10.0.0.0/8\n2001:db8::1");
    await page.reload();
    await page.getByText("Allowed addresses: every address → 10.0.0.0/8, 2001:db8::1").waitFor();
    expect(await page.getByLabel("Expires").inputValue()).toBe("2099-12-31T23:30");
    // The end is too far away for a warning.
    expect(await page.getByText("This key expires").count()).toBe(0);
    const stored = await call(page, "GET", `/keys/${key.id}`);
    expect(stored.body.expiresAt).toBe(
      await page.evaluate("new Date('2099-12-31T23:30').toISOString()"),
    );
  });

  it("warns 14 days before the end, in the list and on the page", async () => {
    const day = 86_400_000;
    const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();
    const soon = await makeKey({ applicationName: "Ends soon", expiresAt: inDays(13.5) });
    await makeKey({ applicationName: "Ends later", expiresAt: inDays(14.5) });
    await page.goto(`${running.origin}/api-keys`);
    const row = (name: string) => page.getByRole("row").filter({ hasText: name });
    await row("Ends soon").getByText("expires in 14 days").waitFor();
    expect(await row("Ends later").getByText("expires").count()).toBe(0);
    await page.goto(`${running.origin}/api-keys/${soon.key.id}`);
    await page.getByText("This key expires in 14 days").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it("shows the last use, the calls of 24 hours, and why a call was rejected", async () => {
    const made = await makeKey({ applicationName: "Busy" });
    await page.goto(`${running.origin}/api-keys/${made.key.id}`);
    await page.getByText("This key has not been used yet.").waitFor();
    const url = address("data-access");
    expect(await send(made, `${url}?from=secret`)).toBe(200);
    expect(await send(made, address("engagement-history"))).toBe(403);
    expect(await send(made, url, url.replace("http:", "https:"))).toBe(401);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("Last used").waitFor();
    await page.locator("figcaption").getByText("2 verified").waitFor();
    await page.locator("figcaption").getByText("1 rejected").waitFor();
    await page.getByText("?from=…").waitFor();
    const rejected = page.locator("summary").filter({ hasText: "signature_invalid" });
    await rejected.click();
    await page.getByText("Your client signed https, the request came by http").waitFor();
    await page.getByText("SchemeSwapped").waitFor();
    await page.locator("summary").filter({ hasText: "permission_missing" }).click();
    await page.getByText('the permission "Engagement History API"').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const table = page.getByRole("table", { name: "Calls in each hour" });
    expect(await table.getByRole("row").count()).toBe(2);

    await page.goto(`${running.origin}/api-keys`);
    const row = page.getByRole("row").filter({ hasText: "Busy" });
    expect(await row.locator('[data-label="Last used"]').textContent()).not.toContain("never");
  });

  it("opens a rejected call in the inspector, which asks for the data that is not stored", async () => {
    await page.getByRole("link", { name: "Busy" }).click();
    await page.locator("summary").filter({ hasText: "signature_invalid" }).click();
    await page.getByRole("link", { name: "open the request in the inspector" }).click();
    const request = page.getByLabel("Signed request");
    await request.waitFor();
    const text = await request.inputValue();
    expect(text).toContain(`GET /api/account/${running.accountId}/echo/data/data-access HTTP/1.1`);
    expect(text).toContain('oauth_signature="…"');
    await page.getByText("Replace each … with what your client sent").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it("fits into a phone, in light and dark", async () => {
    const folder = process.env["SHOTS"];
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
    const { body } = await call(page, "GET", "/keys?search=Busy");
    const places = {
      list: "/api-keys",
      new: "/api-keys/new",
      key: `/api-keys/${body.keys[0].id}`,
    };
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const [width, height] of [
        [390, 800],
        [1280, 800],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const [name, path] of Object.entries(places)) {
          await page.goto(`${running.origin}${path}`);
          await page.getByRole("heading", { level: 1 }).waitFor();
          if (name === "new") await page.getByLabel("Category").selectOption("Data");
          if (name === "key") {
            await page.locator("summary").filter({ hasText: "signature_invalid" }).click();
          }
          expect(await isTooWide(page), `${name} ${width}`).toBe(false);
          expect(await accessibilityFaults(page)).toEqual([]);
          if (folder !== undefined) {
            await page.screenshot({
              path: `${folder}/${name}-${width}-${scheme}.png`,
              fullPage: true,
            });
          }
        }
      }
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("logs nothing in the browser's console", () => {
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(isMissing("chromium"))("/api/docs", () => {
  it("shows the HTTP API under the console's policy, without any other server", async () => {
    const [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const first = await watchedPage(context);
      await signInByLink(first.page, running);
      const opened = context.waitForEvent("page");
      await first.page.getByRole("link", { name: "HTTP API" }).click();
      expect((await opened).url()).toBe(`${running.origin}/api/docs`);
      const { page } = await watchedPage(context);
      const messages: string[] = [];
      const foreign: string[] = [];
      page.on("console", (message) => messages.push(message.text()));
      page.on("pageerror", (error) => messages.push(String(error)));
      page.on("request", (request) => {
        if (!/^data:|^blob:/.test(request.url()) && !request.url().startsWith(running.origin)) {
          foreign.push(request.url());
        }
      });
      const response = await page.goto(`${running.origin}/api/docs`);
      expect(response?.headers()["content-security-policy"]).toContain("script-src 'self'");
      expect(response?.headers()["content-security-policy"]).not.toContain("unsafe");
      await page.getByText("List the last 50 calls of a key").waitFor();
      await page.getByText("/api/account/{accountId}/login").waitFor();

      const folder = process.env["SHOTS"];
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: `${folder}/docs.png` });
        await page.setViewportSize({ width: 390, height: 800 });
        await page.screenshot({ path: `${folder}/docs-390.png` });
        await page.setViewportSize({ width: 1280, height: 800 });
      }

      // Execute adds the CSRF token.
      await page
        .locator(
          "#operations-API_keys-post_api_console_keys summary, #operations-API_keys-post_api_console_keys button.opblock-summary-control",
        )
        .first()
        .click();
      await page.getByRole("button", { name: "Try it out" }).click();
      await page.locator("textarea.body-param__text").fill(
        JSON.stringify({
          applicationName: "From the docs",
          developerName: "Jane Doe",
          category: "data",
          permissions: ["data-access"],
        }),
      );
      await page.getByRole("button", { name: "Execute" }).click();
      await page.locator(".live-responses-table .response-col_status").getByText("201").waitFor();
      expect(messages).toEqual([]);
      expect(foreign).toEqual([]);
    } finally {
      await browser.close();
      await running.close();
    }
  });
});
