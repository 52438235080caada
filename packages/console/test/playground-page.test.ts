// The playground in a browser: what a user pastes and sees. node:crypto signs the requests.
import { createHmac } from "node:crypto";
import { mkdirSync } from "node:fs";
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide, startTestConsole, watchedPage } from "./browser.js";
import { authorization, baseString, type Protocol, type Signed, signature } from "./hand-signed.js";

const CLIENT_SECRET = "s3cr3t of the client";
const TOKEN_SECRET = "s3cr3t of the token";
const KEY = `${encodeURIComponent(CLIENT_SECRET)}&${encodeURIComponent(TOKEN_SECRET)}`;
/** A folder for pictures of the page; none by default. */
const SHOTS = process.env["OAUTH1_SHOTS"];

/** A NetSuite request as its users copy it: token-based authentication. */
const NETSUITE: Signed = {
  method: "POST",
  uri: "https://123456-sb1.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql",
  parameters: [["limit", "5"]],
  protocol: {
    oauth_consumer_key: "netsuite-key",
    oauth_token: "netsuite-token",
    oauth_nonce: "n0nce",
    oauth_signature_method: "HMAC-SHA256",
    oauth_version: "1.0",
  },
  key: KEY,
};
const NETSUITE_SIGNATURE = createHmac("sha256", KEY).update(baseString(NETSUITE)).digest("base64");
const NETSUITE_CURL = `curl '${NETSUITE.uri}?limit=5' \\
  -H 'Authorization: ${authorization(NETSUITE_SIGNATURE, NETSUITE.protocol).replace("OAuth ", 'OAuth realm="123456_SB1", ')}' \\
  -H 'X-Api-Key: s3cr3t' -b 'session=s3cr3t' -H 'prefer: transient' \\
  --json '{"q": "SELECT id FROM customer"}' | jq '.items'`;

const SHOP: Signed = {
  method: "GET",
  uri: "https://shop.example/wp-json/wc/v3/orders",
  parameters: [["status", "on hold"]],
  protocol: { oauth_consumer_key: "ck_1", oauth_token: "ct_1" },
  key: KEY,
};

/** The protocol parameters as a query or a form. */
function pairs(signed: string, protocol: Protocol | undefined): string {
  return [...authorization(signed, protocol).matchAll(/(\w+)="([^"]*)"/g)]
    .map(([, name, value]) => `${name}=${value}`)
    .join("&");
}

describe.skipIf(isMissing("chromium"))("the playground", () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    const permissions = ["clipboard-read", "clipboard-write"];
    ({ page, complaints } = await watchedPage(await browser.newContext({ permissions })));
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  /** Loads the playground anew. Another page for each test would take a second more. */
  async function openPlayground(): Promise<void> {
    complaints.length = 0;
    await page.goto(`${running.origin}/playground`);
    await page.getByRole("heading", { name: "Signature base string" }).waitFor();
  }

  const paste = (text: string) => page.getByLabel("Paste a curl command").fill(text);
  const enterSecrets = async () => {
    await page.getByLabel("Client shared-secret").fill(CLIENT_SECRET);
    await page.getByLabel("Token shared-secret").fill(TOKEN_SECRET);
  };
  const RIGHT = "It is the signature that this page computes.";
  const WRONG = "It is not the signature that this page computes.";
  const fieldsOf = async () => ({
    method: await page.getByLabel("Method", { exact: true }).inputValue(),
    url: await page.getByLabel("URL (as it goes over the wire)").inputValue(),
    clientIdentifier: await page.getByLabel("Client identifier").inputValue(),
    clientSharedSecret: await page.getByLabel("Client shared-secret").inputValue(),
    tokenIdentifier: await page.getByLabel("Token identifier").inputValue(),
    tokenSharedSecret: await page.getByLabel("Token shared-secret").inputValue(),
    signatureMethod: await page.getByLabel("Signature method").inputValue(),
    transmission: await page.getByLabel("Transmission").inputValue(),
    nonce: await page.getByLabel("Nonce", { exact: true }).inputValue(),
    realm: await page.getByLabel("Realm").inputValue(),
    hasVersion: await page.getByLabel("oauth_version").isChecked(),
  });

  it("shows every value of a signed NetSuite request, and no value of the example", async () => {
    await openPlayground();
    await paste(NETSUITE_CURL);
    await page.getByText("Enter the client shared-secret and the token shared-secret").waitFor();
    expect(await fieldsOf()).toEqual({
      method: "POST",
      url: `${NETSUITE.uri}?limit=5`,
      clientIdentifier: "netsuite-key",
      clientSharedSecret: "",
      tokenIdentifier: "netsuite-token",
      tokenSharedSecret: "",
      signatureMethod: "HMAC-SHA256",
      transmission: "header",
      nonce: "n0nce",
      realm: "123456_SB1",
      hasVersion: true,
    });
    await enterSecrets();
    await page.getByText(RIGHT).waitFor();
    await page.getByLabel("Nonce", { exact: true }).fill("another");
    await page.getByText(WRONG).waitFor();
    expect(complaints).toEqual([]);
  });

  it("removes the protocol parameters from a query", async () => {
    await openPlayground();
    const url = `${SHOP.uri}?status=on%20hold&${pairs(signature(SHOP), SHOP.protocol)}`;
    await paste(url);
    await enterSecrets();
    await page.getByText(RIGHT).waitFor();
    expect(await fieldsOf()).toMatchObject({
      method: "GET",
      url: `${SHOP.uri}?status=on%20hold`,
      clientIdentifier: "ck_1",
      transmission: "query",
      realm: "",
      hasVersion: false,
    });
  });

  it("removes the protocol parameters from the form of an LTI launch", async () => {
    const protocol = { oauth_callback: "about:blank", oauth_version: "1.0" };
    const launch: Signed = { ...SHOP, method: "POST", protocol };
    await openPlayground();
    const body = `${pairs(signature(launch), protocol)}&status=on+hold`;
    await paste(`curl '${SHOP.uri}' --data-raw '${body}'`);
    await enterSecrets();
    await page.getByText(RIGHT).waitFor();
    expect(await fieldsOf()).toMatchObject({ transmission: "form-body", hasVersion: true });
    expect(await page.getByLabel("Body (").inputValue()).toBe("status=on+hold");
    await page.getByText("Also signed, from the pasted request: oauth_callback").waitFor();
    // The parameters of one request are not those of the next.
    await paste("curl https://shop.example/");
    await expect.poll(() => page.getByText("oauth_callback").count()).toBe(0);
  });

  it("asks for the missing method and URL of a single Authorization line", async () => {
    await openPlayground();
    await paste(`Authorization: ${authorization(signature(SHOP), SHOP.protocol)}`);
    await page.getByText("The method and the URL are missing: enter them below").waitFor();
    await page.getByText("Enter the method and the URL to see the steps.").waitFor();
    expect(await fieldsOf()).toMatchObject({ method: "", url: "", clientIdentifier: "ck_1" });
    await page.getByLabel("Method", { exact: true }).fill("GET");
    await page.getByLabel("URL (as it goes over the wire)").fill(`${SHOP.uri}?status=on%20hold`);
    await enterSecrets();
    await page.getByText(RIGHT).waitFor();
  });

  it("does not compare a signature that it cannot reproduce", async () => {
    await openPlayground();
    const value = authorization("x", { ...SHOP.protocol, oauth_signature_method: "HMAC-MD5" });
    await paste(`GET ${SHOP.uri}\nAuthorization: ${value}`);
    await enterSecrets();
    await page.getByText("because its signature method is unknown").waitFor();
    expect(await page.locator(".verdict.bad").count()).toBe(0);
  });

  it("opens the inspector with a pasted request and its secrets, in memory only", async () => {
    await openPlayground();
    const text = `curl -X POST '${SHOP.uri}?status=on%20hold' -H 'Authorization: ${authorization(signature(SHOP), SHOP.protocol)}'`;
    await paste(text);
    await enterSecrets();
    await page.getByText(WRONG).waitFor();
    await page.getByRole("link", { name: "Explain this request in the inspector" }).click();
    await page.locator(".cause").getByText("MethodOverridden", { exact: true }).waitFor();
    expect(await page.getByLabel("Signed request").inputValue()).toBe(text);
    expect(page.url()).toBe(`${running.origin}/inspector`);
    const stored = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])";
    expect(await page.evaluate(stored)).not.toContain("s3cr3t");
    await page.reload();
    expect(await page.getByLabel("Signed request").inputValue()).toBe("");
    expect(complaints).toEqual([]);
  });

  it("hides the previous request's steps if the pasted text cannot be read", async () => {
    await openPlayground();
    for (const text of [
      "curl --config a http://example.com/",
      "hello",
      'GET https://a.example/\nAuthorization: OAuth oauth_nonce="a" oauth_signature="b"',
    ]) {
      await paste(text);
      await page.getByText("The pasted text is not a request that this page can read").waitFor();
      expect(await page.locator("#paste-problem").textContent()).not.toBe("");
      expect(await page.locator(".step").count(), text).toBe(0);
    }
    // The fields are still there, and changing one shows their steps.
    await page.getByLabel("Nonce", { exact: true }).fill("chapoH2");
    await page.getByRole("heading", { name: "Signature base string" }).waitFor();
    await page.getByRole("button", { name: "RFC example" }).click();
    await page.getByText("MdpQcU8iPSUjWoN/UDMsK2sui9I=", { exact: true }).waitFor();
    expect(await page.locator("#paste-problem").textContent()).toBe("");
  });

  it("removes the example's values if an unsigned request is pasted", async () => {
    await openPlayground();
    await paste("curl https://example.com/a");
    await page.getByText("Enter the client identifier to see the steps.").waitFor();
    const { nonce, ...fields } = await fieldsOf();
    expect(fields).toMatchObject({ clientSharedSecret: "", tokenIdentifier: "", realm: "" });
    expect(nonce).toMatch(/^[\da-f-]{36}$/);
    await page.getByLabel("Client identifier").fill("key");
    await page.getByRole("heading", { name: "Signature base string" }).waitFor();
    // The user's input stays for the next request.
    await paste("curl https://example.com/b");
    expect(await page.getByLabel("Client identifier").inputValue()).toBe("key");
  });

  it("confirms that the link is copied, which contains only the header Content-Type", async () => {
    await openPlayground();
    await paste(NETSUITE_CURL);
    await enterSecrets();
    await page.getByRole("button", { name: "Link without secrets" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Copy the link" }).click();
    await dialog.locator("[aria-live]").getByText("Link copied").waitFor();
    const link = (await page.evaluate("navigator.clipboard.readText()")) as string;
    const fragment = link.slice(link.indexOf("=") + 1);
    const linked = Buffer.from(fragment, "base64url").toString("utf8");
    expect(linked).not.toContain("s3cr3t");
    expect(JSON.parse(linked)).toMatchObject({
      request: { headers: [["Content-Type", "application/json"]] },
      nonce: "n0nce",
    });
    await dialog.getByRole("button", { name: "Show in the address bar" }).click();
    await page.getByRole("status").getByText("The link is in the address bar.").waitFor();
    expect(complaints).toEqual([]);
  });

  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const) {
    it(`is accessible with a signed request, ${colorScheme}, ${width} pixels wide`, async () => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await openPlayground();
      for (const [name, text] of [
        ["signed", NETSUITE_CURL],
        ["unreadable", "curl --config a http://example.com/"],
      ] as const) {
        await paste(text);
        if (name === "signed") {
          await enterSecrets();
          await page.getByText(RIGHT).waitFor();
        }
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await isTooWide(page)).toBe(false);
        if (SHOTS !== undefined) {
          mkdirSync(SHOTS, { recursive: true });
          const path = `${SHOTS}/playground-${name}-${colorScheme}-${width}.png`;
          await page.screenshot({ path, fullPage: true });
        }
      }
      expect(complaints).toEqual([]);
    });
  }
});
