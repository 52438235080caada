// The inspector in a browser: what a user pastes and reads. node:crypto signs the requests.
import { generateKeyPairSync, sign } from "node:crypto";
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";
import { authorization, baseString, type Protocol, type Signed, signature } from "./hand-signed.js";

const CLIENT_SECRET = "kd94hf93k423kf44";
const TOKEN_SECRET = "pfkkdhi9sl3r4s00";
const KEY = `${CLIENT_SECRET}&${TOKEN_SECRET}`;

/** The text that a client without a mistake signs. */
const PHOTO: Signed = {
  method: "GET",
  uri: "https://photos.example.net/photos",
  parameters: [
    ["file", "vacation.jpg"],
    ["size", "original"],
  ],
  key: KEY,
};
const PHOTO_URL = "https://photos.example.net/photos?file=vacation.jpg&size=original";

/** A curl command whose signature is that of another text. */
function curl(signed: Partial<Signed>, protocol?: Protocol, method = "GET"): string {
  const value = signature({ ...PHOTO, ...signed, ...(protocol && { protocol }) });
  return `curl -X ${method} '${PHOTO_URL}' -H 'Authorization: ${authorization(value, protocol)}'`;
}

describe.skipIf(isMissing("chromium"))("the inspector", () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    ({ page, complaints } = await watchedPage(browser));
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  /** Loads the inspector anew. Another page for each test would take a second more. */
  async function openInspector(): Promise<void> {
    complaints.length = 0;
    await page.goto(`${running.origin}/inspector`);
    await page.locator("h1").waitFor();
  }

  async function paste(text: string): Promise<void> {
    await page.getByLabel("Signed request").fill(text);
    await page.getByLabel("Client shared-secret").fill(CLIENT_SECRET);
    await page.getByLabel("Token shared-secret").fill(TOKEN_SECRET);
  }

  const mistakes: [mistake: string, name: string, text: string][] = [
    [
      "a line break after the token secret",
      "SecretWhitespace",
      curl({ key: `${CLIENT_SECRET}&${TOKEN_SECRET}%0A` }),
    ],
    ["http signed and https sent", "SchemeSwapped", curl({ uri: PHOTO.uri.replace("s:", ":") })],
    ["a query that is not signed", "QueryNotSigned", curl({ parameters: [] })],
    ["a wrong method", "MethodOverridden", curl({ method: "GET" }, undefined, "POST")],
    ["a missing token secret", "TokenSecretMissing", curl({ key: `${CLIENT_SECRET}&` })],
  ];
  it.each(mistakes)("names %s: %s", async (_, name, text) => {
    await openInspector();
    await paste(text);
    await page.getByRole("status").getByText("The signature is wrong.").waitFor();
    await page.locator(".cause").getByText(name, { exact: true }).waitFor();
    expect(await page.locator(".cause").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("rejects a request whose timestamp is in milliseconds", async () => {
    await openInspector();
    await paste(curl({}, { oauth_timestamp: String(Date.now()) }));
    const verdict = page.getByRole("status");
    await verdict.getByText("The signature is right.").waitFor();
    await verdict
      .getByText("A server would reject the request: oauth_timestamp is in milliseconds")
      .waitFor();
    expect(await page.locator(".verdict.bad").count()).toBe(1);
  });

  it("reports a right request as right", async () => {
    await openInspector();
    await paste(curl({}));
    await page.getByText("The request follows every rule.").waitFor();
    expect(await page.locator(".verdict.good").count()).toBe(1);
    await page.getByText("The request follows 11 rules").click();
    await page.getByText("The client declares which signature method it uses.").waitFor();
  });

  it("asks for missing secrets instead of reporting a wrong signature", async () => {
    await openInspector();
    await page.getByLabel("Signed request").fill(curl({}));
    const verdict = page.getByRole("status");
    await verdict.getByText("Enter the client shared-secret and the token shared-secret").waitFor();
    await page.getByLabel("Client shared-secret").fill(CLIENT_SECRET);
    await verdict.getByText("Enter the token shared-secret:").waitFor();
    await page.getByLabel("Token shared-secret").fill(TOKEN_SECRET);
    await verdict.getByText("The signature is right.").waitFor();
  });

  it("opens with a guide and explains an example", async () => {
    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 390],
    ] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const { page, complaints } = await watchedPage(context);
      await page.goto(`${running.origin}/inspector`);
      await page.getByRole("heading", { name: "What to paste" }).waitFor();
      await page.getByRole("button", { name: "Load an example" }).click();
      await page.getByText("Your client signs a method other than the one that it sends").waitFor();
      await page.getByText("Change: pass the method that you send to your library.").waitFor();
      await page.getByText('The method is "GET", and must be "POST".').waitFor();
      await page.getByText(/^oauth_timestamp is \d\d years before the clock/).waitFor();
      expect(await page.getByRole("heading", { name: "What to paste" }).count()).toBe(0);
      const link = page.locator(".cause").getByRole("link", { name: "RFC 5849 §3.4.1.1" });
      expect(await link.getAttribute("href")).toBe(
        "https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.1",
      );
      const lines = await page.locator(".lines").first().locator(".line").allTextContents();
      expect(lines.slice(0, 4)).toEqual([
        "your client signed: GET&",
        "must be signed: POST&",
        "http%3A%2F%2Fexample.com%2Frequest&",
        "a2%3Dr%2520b%26",
      ]);
      await page.getByText("More options", { exact: true }).click();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByRole("heading", { name: "What to paste" }).waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    }
  });

  it("names each mistake that has the same effect on a request", async () => {
    await openInspector();
    // The query's only parameter is lost. Losing the query or losing empty values has the same
    // effect.
    const value = signature({ ...PHOTO, parameters: [] });
    const url = PHOTO_URL.replace(/\?.*/, "?empty=");
    await paste(`curl '${url}' -H 'Authorization: ${authorization(value)}'`);
    const why = page.getByRole("article").filter({ hasText: "the same effect on this request" });
    await why.waitFor();
    expect(await why.textContent()).toMatch(
      /QueryNotSigned.*EmptyValueDropped|EmptyValueDropped.*QueryNotSigned/,
    );
  });

  it("reports what it tried if no known mistake explains a signature", async () => {
    await openInspector();
    await paste(curl({ key: "another client&another token" }));
    await page.getByText(/No known mistake explains it\. .* with [\d,]+ signatures/).waitFor();
    await page.getByText("More options", { exact: true }).click();
    await page
      .getByLabel("Your client's base string")
      .fill(baseString({ ...PHOTO, parameters: [["file", "vacation.jpg"]] }));
    await page.getByText("It is not the right one. With these secrets").waitFor();
    await page.getByText('The parameter "size" is missing.').waitFor();
    await page.getByText("− your client's").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it("tries http and https if the text does not contain the scheme", async () => {
    await openInspector();
    const value = signature({ ...PHOTO, uri: PHOTO.uri.replace("s:", ":") });
    await paste(
      `GET /photos?file=vacation.jpg&size=original HTTP/1.1\nHost: photos.example.net\nAuthorization: ${authorization(value)}\n\n`,
    );
    await page.getByText("the signature is right for http.").waitFor();
    await page.getByLabel("Sent by").selectOption("https");
    await page.locator(".cause").getByText("SchemeSwapped", { exact: true }).waitFor();
    await page.getByLabel("Sent by").selectOption("http");
    await page.getByText("The request follows every rule.").waitFor();
  });

  it("asks for the public key of a request that is signed with RSA", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const protocol = { oauth_signature_method: "RSA-SHA1" };
    const text = baseString({ ...PHOTO, protocol });
    const value = sign("sha1", Buffer.from(text), privateKey).toString("base64");
    await openInspector();
    await page
      .getByLabel("Signed request")
      .fill(`curl '${PHOTO_URL}' -H 'Authorization: ${authorization(value, protocol)}'`);
    await page.getByRole("status").getByText("Enter the public key").waitFor();
    expect(await page.getByLabel("Client shared-secret").count()).toBe(0);
    const key = page.getByLabel("Public key");
    await key.fill("not a key");
    await page.getByRole("status").getByText("The signature cannot be checked: ").waitFor();
    await key.fill(publicKey.export({ type: "spki", format: "pem" }).toString());
    await page.getByRole("status").getByText("The signature is right.").waitFor();
  });

  it("reports the position at which a text is not a request", async () => {
    await openInspector();
    await paste("curl --config a http://example.com/");
    await page.getByRole("status").getByText("line 1, column 6: --config").waitFor();
  });

  it("never sends the secrets", async () => {
    await openInspector();
    const sent: string[] = [];
    page.on("request", (request) => {
      // A blob is part of the page: the worker starts from one.
      if (!request.url().startsWith("blob:")) {
        sent.push(`${request.url()} ${request.postData() ?? ""}`);
      }
    });
    const secrets = new RegExp(`${CLIENT_SECRET}|${TOKEN_SECRET}`);
    await paste(curl({}));
    await page.getByLabel("Token shared-secret").press("Enter");
    await page.getByText("The request follows every rule.").waitFor();
    // The worker may have loaded its scripts.
    for (const request of sent) {
      expect(request).toMatch(/\/assets\/[\w-]+\.js $/);
      expect(request).not.toMatch(secrets);
    }
    expect(page.url()).toBe(`${running.origin}/inspector`);
    const stored = await page.evaluate(
      "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])",
    );
    expect(stored).not.toMatch(secrets);
    expect(await page.evaluate("indexedDB.databases()")).toEqual([]);
    // Apart from the fields, the page does not contain a secret.
    expect(await page.locator("main").textContent()).not.toMatch(secrets);
    await page.reload();
    expect(await page.getByLabel("Token shared-secret").inputValue()).toBe("");
  });

  it("is loaded when it opens, and not before", async () => {
    const { page } = await watchedPage(browser);
    const scripts: Promise<string>[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith(".js")) scripts.push(response.text().catch(() => ""));
    });
    const isLoaded = async () => (await Promise.all(scripts)).join().includes("MethodOverridden");
    await page.goto(`${running.origin}/playground`, { waitUntil: "networkidle" });
    expect(await isLoaded()).toBe(false);
    await page.getByRole("link", { name: "Inspector" }).click();
    await page.getByRole("heading", { name: "What to paste" }).waitFor();
    expect(await isLoaded()).toBe(true);
    await page.close();
  });
});
