// `oauth1 provider` as a process. The resource owner decides in Debian's Chromium.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin, oauth1 } from "./run-oauth1.js";

/** Its temporary folders. */
const temporary = mkdtempSync(join(tmpdir(), "oauth1-provider-command-"));
afterAll(() => rmSync(temporary, { recursive: true }));

/** Starts the command, whose output is read line by line. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [bin, "provider", "--port", "0", ...args], {
    env: { PATH: process.env["PATH"] ?? "", TMPDIR: temporary },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const stderr = text(child.stderr);
  const exit = once(child, "close").then(([code]) => code);
  const next = async () => {
    const { done, value } = await lines.next();
    if (done) throw new Error(await stderr);
    return value;
  };
  return {
    child,
    stderr,
    exit,
    enter: (line: string) => child.stdin.write(`${line}\n`),
    async until(pattern: RegExp): Promise<string> {
      for (;;) {
        const line = await next();
        if (pattern.test(line)) return line;
      }
    },
    /** The next event of `--json`. */
    event: async () => JSON.parse(await next()),
  };
}

/** RFC 5849 §3.4.2: the printed base string and secrets give the signature that was sent. */
function expectSignature(
  { authorization, baseString }: { authorization: string; baseString: string },
  clientSecret: string,
  tokenSecret = "",
) {
  const sent = /oauth_signature="([^"]+)"/.exec(authorization)?.[1] ?? "";
  const computed = createHmac("sha1", `${clientSecret}&${tokenSecret}`).update(baseString);
  expect(decodeURIComponent(sent)).toBe(computed.digest("base64"));
}

const secretOf = (body: string) => new URLSearchParams(body).get("oauth_token_secret") ?? "";

describe.skipIf(isMissing("chromium"))("oauth1 provider", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  /** Opens the consent page like a person who is not signed in. */
  async function decide(url: string, button: "Allow" | "Deny"): Promise<Page> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("https://printer.example.com/**", (route) => route.fulfill({ body: "ready" }));
    await page.goto(url);
    await page.getByRole("button", { name: "Sign in as Jane" }).click();
    await page.getByRole("button", { name: button }).click();
    return page;
  }

  it("shows a dance, a call with the token, and its revocation", async () => {
    const { until, exit, stderr } = start();
    await until(/^1 {2}Temporary credentials {2}RFC 5849 §2\.1$/);
    await until(/^ {3}POST&http%3A%2F%2F127\.0\.0\.1%3A\d+%2Foauth%2Finitiate&oauth_callback/);
    await until(/^2 {2}Authorization {2}RFC 5849 §2\.2$/);
    const page = await decide((await until(/^ {3}http:/)).trim(), "Allow");
    await page.getByText("Go back to the terminal").waitFor();
    expect(await until(/\/ready\?/)).toBe(`   ${page.url()}`);
    await until(/^3 {2}Token credentials {2}RFC 5849 §2\.3$/);
    await until(/^4 {2}Protected resource {2}RFC 5849 §3\.1$/);
    await until(/^ {3}< Photos of jane: vacation\.jpg$/);
    await until(/^Jane revokes the token [\w-]+\.$/);
    await until(/^ {3}< 401$/);
    expect([await exit, await stderr]).toEqual([0, ""]);
    expect(readdirSync(temporary)).toEqual([]);
    await page.context().close();
  });

  it("asks for a code with oob, and prints JSON", async () => {
    const data = join(temporary, "data");
    const { event, enter, exit } = start("--json", "--callback", "oob", "--data", data);
    const { client } = await event();
    const initiated = await event();
    expect(initiated).toMatchObject({
      step: "temporary credentials",
      request: { method: "POST" },
      response: { status: 200, challenge: null },
    });
    expectSignature(initiated.request, client.sharedSecret);
    const temporarySecret = secretOf(initiated.response.body);
    const { url } = await event();

    enter("tooearly");
    const early = await event();
    expect(early.response).toMatchObject({ status: 401, body: "oauth_problem=permission_unknown" });
    const page = await decide(url, "Allow");
    enter("mistyped");
    const mistyped = await event();
    expectSignature(mistyped.request, client.sharedSecret, temporarySecret);
    expect(mistyped.response.body).toMatch(/^oauth_problem=parameter_rejected&/);
    enter((await page.locator("code").textContent())?.toLowerCase() ?? "");
    const exchanged = await event();
    expect(exchanged).toMatchObject({ step: "token credentials", response: { status: 200 } });

    const called = await event();
    expectSignature(called.request, client.sharedSecret, secretOf(exchanged.response.body));
    expect(called.response).toMatchObject({ status: 200, body: "Photos of jane: vacation.jpg" });
    expect(await event()).toMatchObject({ type: "revocation", resourceOwner: "Jane" });
    expect((await event()).response.status).toBe(401);
    expect(await exit).toBe(0);
    expect(existsSync(join(data, "encryption-keys"))).toBe(true);
    rmSync(data, { recursive: true });
    await page.context().close();
  });

  it("takes the address of a callback elsewhere, and ends with 1 after a denial", async () => {
    const callback = "https://printer.example.com/ready?from=photos";
    const { event, enter, exit, stderr } = start("--json", "--callback", callback);
    expect(await event()).toMatchObject({ type: "listening", callback });
    await event();
    const page = await decide((await event()).url, "Deny");
    await page.waitForURL(`${callback}&**`);
    enter(page.url());
    expect(await event()).toEqual({ type: "returned", url: page.url() });
    expect(await exit).toBe(1);
    expect(await stderr).toMatch(/^oauth1: [^\n]*permission_denied[^\n]*\n$/);
    await page.context().close();
  });
});

describe("oauth1 provider without a browser", () => {
  it("ends with 1 if it is stopped, and removes its folder", async () => {
    const { child, until, exit, stderr } = start();
    await until(/^2 /);
    child.kill("SIGINT");
    expect([await exit, await stderr]).toEqual([1, ""]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("ends with 2 if standard input ends before the code", async () => {
    const { child, exit, stderr } = start("--callback", "oob");
    child.stdin.end();
    expect(await exit).toBe(2);
    expect(await stderr).toBe("oauth1: standard input must contain the code\n");
  });

  it("ends with 2 for an option that cannot be used", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const env = { TMPDIR: temporary };
    for (const [args, stderr] of [
      [["--callback", "ready"], /^oauth1: [^\n]*It must be oob or an absolute URL\.\n$/],
      [["--port", "-1"], /^oauth1: [^\n]*Not a port\.\n$/],
      [
        ["--port", String(port)],
        /^oauth1: --port: cannot listen on port \d+: it is in use; pass another port\n$/,
      ],
      [["--data", "/dev/null/x"], /^oauth1: [^\n]*\n {2}https:\/\/\S+#err-data-folder\n$/],
    ] as const) {
      const told = await oauth1(["provider", ...args], { env });
      expect(told, args.join(" ")).toMatchObject({ code: 2, stdout: "" });
      expect(told.stderr).toMatch(stderr);
    }
    expect(readdirSync(temporary)).toEqual([]);
    taken.close();
  });
});
