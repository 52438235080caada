// The consent page in Debian's Chromium, which enforces its policies.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeProvider } from "../src/node.js";
import { memoryStore } from "../src/stores/memory.js";
import { PRINTER, serve } from "./served-provider.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** The violations of WCAG 2.2 AA that axe finds. The debugger injects it past the page's policy. */
async function accessibilityFaults(page: Page): Promise<unknown[]> {
  await page.evaluate(axeSource);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) =>
       violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html)))`,
  );
}

describe.skipIf(isMissing("chromium"))("the consent page in a browser", () => {
  // Clients sign requests within this process. Only the browser connects to the server.
  const { provider, begin, clients } = serve(memoryStore());
  let server: Server;
  let origin: string;
  let browser: Browser;
  beforeAll(async () => {
    server = createServer(
      nodeProvider(provider, ({ url = "" }, response) => {
        response.setHeader("Content-Type", "text/html");
        // Another site, if it is opened at another host.
        const framed = new URL(url, "http://localhost").searchParams.getAll("frame");
        response.end(`ready ${framed.map((address) => `<iframe src="${address}"></iframe>`)}`);
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Opens the consent page on a phone, with Jane signed in. */
  async function openPage(callback: string, colorScheme: "light" | "dark" = "light") {
    const context = await browser.newContext({
      viewport: { width: 320, height: 640 },
      colorScheme,
      extraHTTPHeaders: { Cookie: "session=jane-1" },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    const { identifier } = await begin(clients.get(PRINTER.identifier), callback);
    await page.goto(`${origin}${provider.paths.authorization}?oauth_token=${identifier}`);
    return { page, complaints, identifier };
  }

  it.each(["light", "dark"] as const)("passes axe on a phone, in a %s theme", async (theme) => {
    const { page, complaints } = await openPage("oob", theme);
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background === "rgb(255, 255, 255)").toBe(theme === "light");
    const widths = "[document.documentElement.scrollWidth, innerWidth]";
    expect(await page.evaluate(widths)).toEqual([320, 320]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Allow" }).click();
    expect(await page.locator("code").textContent()).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["Allow", /[?&]oauth_verifier=/],
    ["Deny", /[?&]oauth_problem=permission_denied/],
  ])("returns to the callback after %s", async (button, expected) => {
    const callback = `http://localhost:${new URL(origin).port}/ready`;
    clients.set(PRINTER.identifier, { ...PRINTER, callbacks: [callback] });
    const { page, complaints, identifier } = await openPage(callback);
    await page.getByRole("button", { name: button }).click();
    await page.waitForURL(`${callback}?**`);
    expect(page.url()).toMatch(expected);
    expect(new URL(page.url()).searchParams.get("oauth_token")).toBe(identifier);
    expect(complaints.filter((each) => !each.includes("favicon"))).toEqual([]);
    clients.set(PRINTER.identifier, PRINTER);
    await page.context().close();
  });

  it("runs no script that a name contains, and stays out of frames", async () => {
    const name = `</title><script>document.title = "run"</script><img src=x onerror="document.title = 'run'">`;
    clients.set(PRINTER.identifier, { ...PRINTER, name, developer: name, access: [name] });
    const { page } = await openPage("oob");
    const consent = page.url();
    expect(await page.title()).toBe(`Allow ${name} to use your account?`);
    expect(await page.locator("img, script").count()).toBe(0);
    // Another page of the same server can be framed.
    const site = new URL(`http://localhost:${new URL(origin).port}/site`);
    for (const address of [`${origin}/ready`, consent]) site.searchParams.append("frame", address);
    await page.goto(site.href);
    const other = page.frameLocator("iframe:first-of-type");
    const framed = page.frameLocator("iframe:last-of-type");
    expect(await other.locator("body").textContent()).toContain("ready");
    expect(await framed.locator("button").count()).toBe(0);
    clients.set(PRINTER.identifier, PRINTER);
    await page.context().close();
  });
});
