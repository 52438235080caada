// The console below a path, in a browser, and requests from the paths of other applications.
import { rmSync } from "node:fs";
import { type RunningConsole, startConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import { pino } from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { watchedPage } from "./browser.js";
import { fillKeyForm, signInByLink } from "./console-user.js";
import { freshDataFolder } from "./data-folder.js";

let running: RunningConsole;
const dataFolder = await freshDataFolder();
beforeAll(async () => {
  running = await startConsole({
    port: 0,
    dataFolder,
    publicPath: "/team/keys",
    log: pino({ level: "silent" }),
  });
});
afterAll(async () => {
  await running?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe("a console below a path", () => {
  it("redirects to it, and responds with 404 elsewhere", async () => {
    const to = (path: string) => fetch(running.origin + path, { redirect: "manual" });
    expect(running.url).toBe(`${running.origin}/team/keys`);
    const redirect = await to("/");
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get("Location")).toBe("/team/keys/");
    for (const path of ["/api-keys", "/health", "/api/console/session", "/team/keysx"]) {
      const answer = await to(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe("The console is at /team/keys/.\n");
    }
    for (const path of ["/team/keys", "/team/keys/", "/team/keys/api-keys", "/team/keys/health"]) {
      expect((await to(path)).status).toBe(200);
    }
  });

  it("describes its HTTP API with the path", async () => {
    const document = await (await fetch(`${running.url}/api/openapi.json`)).json();
    const { paths, components } = document as {
      paths: Record<string, unknown>;
      components: { securitySchemes: { session: { name: string } } };
    };
    for (const path of Object.keys(paths)) expect(path).toMatch(/^\/team\/keys\/api\//);
    expect(components.securitySchemes.session.name).toBe("__Secure-oauth1-console");
  });
});

describe.skipIf(isMissing("chromium"))("a browser below a path", () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const failed: string[] = [];
  beforeAll(async () => {
    browser = await startChromium();
    ({ page, complaints } = await watchedPage(browser));
    page.on("response", (response) => {
      const { pathname, protocol } = new URL(response.url());
      // A blob is part of the page: the inspector's worker starts from one.
      if (protocol === "blob:") return;
      if (response.status() >= 400 || !pathname.startsWith("/team/keys")) {
        failed.push(`${response.status()} ${pathname}`);
      }
    });
  });
  afterAll(() => browser?.close());

  it("signs in, creates a key, and makes the call that is shown", async () => {
    await signInByLink(page, running);
    expect(new URL(page.url()).pathname).toBe("/team/keys/api-keys");
    await page.getByRole("link", { name: "Add new" }).first().click();
    await fillKeyForm(page, "Below a path");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "API key created" }).waitFor();
    const curl = (await page.getByRole("tabpanel").textContent()) ?? "";
    const [, authorization = ""] = /'Authorization: ([^']+)'/.exec(curl) ?? [];
    const [url = ""] = /http:\/\/[^\s']+/.exec(curl) ?? [];
    expect(url.startsWith(`${running.url}/api/account/`)).toBe(true);
    const answer = await fetch(url, {
      method: curl.includes("-X POST") ? "POST" : "GET",
      headers: { Authorization: authorization },
    });
    expect(answer.status).toBe(200);
    await page.getByLabel("I have saved these secrets").check();
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.getByRole("link", { name: "Below a path" }).waitFor();
  });

  it("reaches every page by links and by reloading", async () => {
    const headings = {
      "API keys": "API keys",
      Members: "Members",
      Activity: "Activity",
      Playground: "Playground",
      Inspector: "Why is my signature invalid?",
      Conformance: "Conformance",
    };
    await page.goto(`${running.url}/`);
    for (const [name, heading] of Object.entries(headings)) {
      const pages = page.getByRole("navigation", { name: "Pages" });
      await pages.getByRole("link", { name, exact: true }).click();
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      expect(
        await pages.getByRole("link", { name, exact: true }).getAttribute("aria-current"),
      ).toBe("page");
      await page.reload();
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await page.waitForLoadState("networkidle");
      const addresses = (await page.evaluate(
        `[...document.querySelectorAll("[href], [src]")].map((each) => each.href ?? each.src)`,
      )) as string[];
      for (const address of addresses) {
        if (address.startsWith(running.origin)) expect(address).toContain(`${running.url}/`);
      }
    }
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: headings.Inspector }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/team/keys/inspector");
    await page.goto(`${running.url}/api/docs`);
    await page.getByText("/team/keys/api/console/session").first().waitFor();
    expect(complaints).toEqual([]);
    expect(failed).toEqual([]);
  });

  it("has cookies that other paths of the origin do not receive", async () => {
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, path }) => [name, path]).sort()).toEqual([
      ["oauth1-console", "/team/keys"],
      ["oauth1-device", "/team/keys"],
    ]);
  });
});
