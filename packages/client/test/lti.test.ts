// LTI launches as a tool receives them: oauthlib verifies, and Chromium is the browser.
import { type LtiError, ltiLaunch, ltiLaunchPage } from "@oauth1/client/lti";
import { SignerError } from "@oauth1/signer";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasOauthlib, type Provider, startProvider } from "./provider/provider.js";

const client = { identifier: "12345", sharedSecret: "secret" };
const parameters: [string, string][] = [
  ["resource_link_id", "120988f929-274612"],
  ["roles", "Instructor,urn:lti:sysrole:ims/lis/Administrator"],
  ["lis_person_name_full", `Jané "☃" O'Neil <j@e.com> & co`],
  ["custom_text", "one\ntwo\r\nthree\rfour +%26 &amp; &#65;\t~!*'()"],
  ["custom_text", "again"],
  ["empty", ""],
  ["submit", '"></form><script>document.title = "injected"</script>'],
];

describe.skipIf(!hasOauthlib)("a launch", () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({ clients: { "12345": { secret: "secret" } } });
  });
  beforeEach(async () => {
    await provider.received();
  });
  afterAll(() => provider.stop());

  it("verifies, with the launch URL's own query", async () => {
    for (const path of ["/launch", "/launch?course=7&b=%2B+x&course=8", "/a/../b c?q=é"]) {
      const { action, fields } = ltiLaunch(provider.origin + path, { client, parameters });
      const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
      expect((await fetch(action, { method: "POST", body })).status).toBe(200);
    }
    const received = await provider.received();
    expect(received.map(({ verified, transmission }) => [verified, transmission])).toEqual([
      [true, "form-body"],
      [true, "form-body"],
      [true, "form-body"],
    ]);
    expect(received[1]?.target).toBe("/launch?course=7&b=%2B+x&course=8");
    expect(received[0]?.protocolParameters).toMatchObject({
      oauth_callback: "about:blank",
      oauth_version: "1.0",
      oauth_signature_method: "HMAC-SHA1",
    });
  });

  describe.skipIf(isMissing("chromium"))("in a browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterAll(() => browser?.close());

    it.each([
      ["/launch?course=7&b=%2B+x", undefined],
      ["/a/../b c?q=é", "n0nce"],
    ])("posts %s as it was signed", async (path, scriptNonce) => {
      const launch = ltiLaunch(provider.origin + path, { client, parameters });
      const html = ltiLaunchPage(launch, { scriptNonce });
      const page = await browser.newPage();
      await page.route("https://school.example.com/", (route) =>
        route.fulfill({
          contentType: "text/html; charset=utf-8",
          body: html,
          ...(scriptNonce && {
            headers: {
              "Content-Type": "text/html; charset=utf-8",
              "Content-Security-Policy": `script-src 'nonce-${scriptNonce}'`,
            },
          }),
        }),
      );
      await page.goto("https://school.example.com/");
      await page.waitForURL(launch.action);
      expect(await page.textContent("body")).toContain('"verified": true');
      await page.close();
      const [received] = await provider.received();
      expect(received?.parameters).toContainEqual([
        "custom_text",
        "one\r\ntwo\r\nthree\r\nfour +%26 &amp; &#65;\t~!*'()",
      ]);
      expect(received?.parameters).toContainEqual(["submit", parameters[6]?.[1]]);
    });
  });
});

describe("the fields", () => {
  const fixed = { client, clock: () => 1251600739, nonce: () => "n" };
  const names = (given: [string, string][]) =>
    ltiLaunch("https://tool.example.com/", { ...fixed, parameters: given }).fields.map(
      ([name]) => name,
    );

  it("are those of the message in order, then the protocol parameters, with the signature last", () => {
    expect(
      names([
        ["resource_link_id", "1"],
        ["b", "2"],
        ["a", "3"],
      ]),
    ).toEqual([
      "lti_message_type",
      "lti_version",
      "resource_link_id",
      "b",
      "a",
      "oauth_consumer_key",
      "oauth_nonce",
      "oauth_signature_method",
      "oauth_timestamp",
      "oauth_version",
      "oauth_callback",
      "oauth_signature",
    ]);
  });

  it("keep the caller's message type and version", () => {
    const own: [string, string][] = [
      ["lti_version", "LTI-1p2"],
      ["lti_message_type", "ContentItemSelectionRequest"],
    ];
    expect(names(own).slice(0, 3)).toEqual([
      "lti_version",
      "lti_message_type",
      "oauth_consumer_key",
    ]);
  });

  it("can be given as URLSearchParams", () => {
    const given = new URLSearchParams("resource_link_id=1&a=%2B");
    const { fields } = ltiLaunch("https://tool.example.com/", { ...fixed, parameters: given });
    expect(fields).toContainEqual(["a", "+"]);
  });

  it.each([
    ["tool.example.com", parameters, "ERR_LTI_URL"],
    ["javascript:alert(1)", parameters, "ERR_LTI_URL"],
    ["https://tool.example.com/", [], "ERR_LTI_PARAMETER_ABSENT"],
    ["https://tool.example.com/", [["resource_link_id", ""]], "ERR_LTI_PARAMETER_ABSENT"],
    ["https://tool.example.com/", [["resource_link_id", "a\0"]], "ERR_LTI_FIELD"],
    [
      "https://tool.example.com/",
      [
        ["resource_link_id", "1"],
        ["_Charset_", "x"],
      ],
      "ERR_LTI_FIELD",
    ],
  ] as const)("%s %j: %s", (url, given, code) => {
    const launch = () => ltiLaunch(url, { client, parameters: given });
    expect(launch).toThrow();
    try {
      launch();
    } catch (error) {
      expect((error as LtiError).code).toBe(code);
    }
  });

  it("must not contain protocol parameters of the caller", () => {
    const given: [string, string][] = [
      ["resource_link_id", "1"],
      ["oauth_nonce", "mine"],
    ];
    expect(() => names(given)).toThrow(SignerError);
  });

  it("ltiLaunchPage() rejects a script URL", () => {
    expect(() => ltiLaunchPage({ action: "javascript:alert(1)", fields: [] })).toThrow();
  });
});
