// The pages that need no sign-in, in a browser. All computation is in the page.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";

const WEB = fileURLToPath(new URL("../dist/web/", import.meta.url));

describe("the files of the pages", () => {
  it("also exist compressed", () => {
    for (const file of readdirSync(`${WEB}assets`).filter((name) => !name.endsWith(".br"))) {
      expect(existsSync(`${WEB}assets/${file}.br`), file).toBe(true);
    }
  });
});

describe.skipIf(isMissing("chromium"))("the pages without sign-in", () => {
  let running: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  it("need at most 60 kB of gzipped JavaScript for the first page", async () => {
    const page = await browser.newPage();
    const scripts = new Set<string>();
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.add(new URL(request.url()).pathname);
    });
    await page.goto(`${running.origin}/`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.close();
    const octets = [...scripts]
      .map((path) => gzipSync(readFileSync(`${WEB}${path.slice(1)}`)).length)
      .reduce((sum, each) => sum + each, 0);
    console.log(`JavaScript of the first page: ${octets} octets, gzipped`);
    expect(octets).toBeLessThanOrEqual(60_000);
  });

  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 390],
  ] as const) {
    it(`are accessible, ${colorScheme}, ${width} pixels wide`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const { page, complaints } = await watchedPage(context);
      const conformance = [
        "/conformance",
        "/conformance?view=pairwise",
        "/conformance?view=coverage",
      ];
      for (const path of ["/playground", "/inspector", ...conformance, "/api-keys", "/nowhere"]) {
        await page.goto(`${running.origin}${path}`);
        await page.locator("h1").waitFor();
        expect(await accessibilityFaults(page), path).toEqual([]);
        expect(await isTooWide(page), path).toBe(false);
      }
      expect(complaints).toEqual([]);
      await context.close();
    });
  }

  it("show every step of a signature as you type, and a link without secrets", async () => {
    const { page, complaints } = await watchedPage(browser);
    await page.goto(`${running.origin}/playground`);
    // RFC 5849 §1.2 prints this signature.
    await page.getByText("MdpQcU8iPSUjWoN/UDMsK2sui9I=", { exact: true }).waitFor();

    // OAuth Core 1.0 Revision A, appendix A.5: the photo at photos.example.net.
    await page
      .getByLabel("Paste a curl command")
      .fill("curl 'http://photos.example.net/photos?file=vacation.jpg&size=original'");
    await page.getByLabel("Client identifier").fill("dpf43f3p2l4k3l03");
    await page.getByLabel("Client shared-secret").fill("kd94hf93k423kf44");
    await page.getByLabel("Token identifier").fill("nnch734d00sl2jdk");
    await page.getByLabel("Token shared-secret").fill("pfkkdhi9sl3r4s00");
    await page.getByLabel("Timestamp").fill("1191242096");
    await page.getByLabel("Nonce").fill("kllo9940pd9333jh");
    await page.getByLabel("oauth_version").check();
    await page.getByText("tR3+Ty81lMeYAr/Fid0kMTYa/WM=", { exact: true }).waitFor();
    expect(await page.locator(".element-1").first().textContent()).toBe(
      "http%3A%2F%2Fphotos.example.net%2Fphotos",
    );

    await page.getByLabel("Paste a curl command").fill("curl --config a http://example.com/");
    await page.getByText("line 1, column 6: --config cannot be read").waitFor();

    // A request with every kind of credential in it.
    await page
      .getByLabel("Paste a curl command")
      .fill(
        [
          "curl 'https://jane:s3cr3t@photos.example.net/photos?size=original&access_token=s3cr3t%26s3cr3t'",
          "-H 'Proxy-Authorization: Basic s3cr3t' -H 'Cookie: a=s3cr3t'",
          "-d 'file=vacation.jpg&x_auth_password=s3cr3t'",
        ].join(" "),
      );
    await page.getByRole("button", { name: "Link without secrets" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("https://photos.example.net/photos?size=original").waitFor();
    await dialog.getByText("file=vacation.jpg", { exact: true }).waitFor();
    for (const leftOut of [
      "the shared-secrets and the private key",
      "the header Proxy-Authorization",
      "the header Authorization",
      "access_token in the query",
      "x_auth_password in the form",
    ]) {
      await dialog.getByText(leftOut).waitFor();
    }
    expect(await dialog.textContent()).not.toContain("s3cr3t");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(page.url()).not.toContain("#");
    await dialog.getByRole("button", { name: "Show in the address bar" }).click();
    await expect.poll(() => page.url()).toContain("#request=");
    const link = page.url();
    const fragment = link.slice(link.indexOf("=") + 1);
    expect(Buffer.from(fragment, "base64url").toString("utf8")).not.toContain("s3cr3t");
    const { page: other } = await watchedPage(browser);
    await other.goto(link);
    expect(await other.getByLabel("Nonce").inputValue()).toBe("kllo9940pd9333jh");
    expect(await other.getByLabel("Client shared-secret").inputValue()).toBe("");
    expect(complaints).toEqual([]);
    await page.close();
    await other.close();
  });
});
