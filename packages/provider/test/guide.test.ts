// The servers, the application and the settings of docs/guides/offer-oauth-1.md. The resource owner
// decides in Debian's Chromium.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  renewTokenCredentials,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { createSigner } from "@oauth1/signer";
import { freePort, isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const PAGE = readFileSync(join(PACKAGE, "../../docs/guides/offer-oauth-1.md"), "utf8");

function blocksOf(language: string): { name: string; text: string }[] {
  const fences = PAGE.matchAll(new RegExp(`^\`\`\`${language} (\\S+)\\n(.*?)^\`\`\`$`, "gms"));
  return Array.from(fences, ([, name = "", text = ""]) => ({ name, text }));
}

/** What the application shows. */
const shown = Object.fromEntries(blocksOf("text").map(({ name, text }) => [name, text.trim()]));
const diffs = blocksOf("diff");
const servers = ["express", "hono", "fastify", "node-http"];

/** The lines of a diff before or after it. An empty line is in both. */
function side(text: string, sign: "-" | "+"): string {
  const lines = text.trimEnd().split("\n");
  return lines
    .filter((line) => line === "" || line.startsWith(" ") || line.startsWith(sign))
    .map((line) => `${line.slice(1)}\n`)
    .join("");
}

/** A folder with the files of the page and the packages that it installs, at other ports. */
function newFolder(ports: { server: number; application: number }): string {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-provider-guide-"));
  for (const { name, text } of blocksOf("js")) {
    const moved = text
      .replaceAll(/\b3000\b/g, String(ports.server))
      .replaceAll(/\b4000\b/g, String(ports.application));
    writeFileSync(join(folder, name), moved);
  }
  const names = ["@hono/node-server", "express", "fastify", "hono"].concat(
    ["client", "signature-methods", "signer", "verifier"].map((name) => `@oauth1/${name}`),
  );
  for (const name of ["@oauth1/provider", ...names]) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    const installed = join(PACKAGE, "node_modules", name);
    symlinkSync(name === "@oauth1/provider" ? PACKAGE : realpathSync(installed), link);
  }
  return folder;
}

function apply(folder: string, { name, text }: { name: string; text: string }): void {
  const path = join(folder, name);
  const before = readFileSync(path, "utf8");
  expect(before, `the diff of ${name} fits`).toContain(side(text, "-"));
  writeFileSync(
    path,
    before.replace(side(text, "-"), () => side(text, "+")),
  );
}

describe("the guide", () => {
  const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!isMissing("chromium")) browser = await startChromium();
  });
  afterAll(() => browser?.close());

  const children: ChildProcess[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill();
      await once(child, "close");
    }
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** Starts a program of the page, which prints a line when it is ready. */
  async function start(folder: string, file: string, line: string) {
    const child = spawn(process.execPath, [file], {
      cwd: folder,
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    expect(await once(createInterface(child.stdout), "line")).toEqual([line]);
  }

  /** Starts a server of the page with some of its settings, and the application. */
  async function startBoth(name: string, edits: typeof diffs = []) {
    const ports = { server: await freePort(), application: await freePort() };
    const folder = newFolder(ports);
    folders.push(folder);
    // The data folder of settings.mjs. Express, the first server of the page, has to make its own.
    if (name !== "express") renameSync(await freshDataFolder(), join(folder, "data"));
    for (const edit of edits) apply(folder, edit);
    const origin = `http://127.0.0.1:${ports.server}`;
    await start(folder, `${name}.mjs`, `Photos on ${origin}`);
    const application = `http://127.0.0.1:${ports.application}`;
    await start(folder, "application.mjs", `Printer on ${application}`);
    return { origin, application };
  }

  async function open(address: string, button: string) {
    if (browser === undefined) throw new Error("no browser");
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    await page.getByRole("button", { name: button }).click();
    await page.waitForURL(`${address}/**`);
    return page;
  }

  it("has a server for each framework, and is complete", () => {
    const files = blocksOf("js").map(({ name }) => name);
    expect(files).toEqual(expect.arrayContaining(servers.map((name) => `${name}.mjs`)));
    expect(diffs.map(({ name }) => name)).toEqual([
      "express.mjs",
      ...Array.from({ length: 3 }, () => "settings.mjs"),
    ]);
    const install = /^npm install (.*)$/m.exec(PAGE)?.[1]?.split(" ");
    expect(install).toContain("@oauth1/provider");
  });

  it.skipIf(isMissing("chromium")).each(servers)(
    "lets the application get a token from %s",
    async (name) => {
      const { application } = await startBoth(name);
      const page = await open(application, "Allow");
      expect(await page.textContent("body")).toBe(shown["allowed"]);
      const denied = await open(application, "Deny");
      expect(await denied.textContent("body")).toBe(shown["denied"]);
      for (const each of [page, denied]) await each.context().close();
    },
  );

  it.skipIf(isMissing("chromium"))(
    "has a consent page, revocation, and tokens that expire",
    async () => {
      const [express, consent, session] = diffs as [(typeof diffs)[0], ...typeof diffs];
      const edits = [express, consent, session].filter((each) => each !== undefined);
      const { origin, application } = await startBoth("express", edits);
      const page = await open(application, "Yes");
      expect(await page.textContent("body")).toBe(shown["allowed"]);
      await page.goto(`${origin}/applications`);
      expect(await page.locator("li").count()).toBe(1);
      await page.getByRole("button", { name: "Revoke" }).click();
      await expect.poll(() => page.locator("li").count()).toBe(0);
      await page.goto(`${application}/print`);
      expect(await page.textContent("body")).toMatch(/^401 /);

      // A token that another application renews.
      const options = { client, allowInsecureTransport: true };
      const temporaryCredentials = await requestTemporaryCredentials(`${origin}/oauth/initiate`, {
        ...options,
        callback: "oob",
      });
      await page.goto(`${origin}/oauth/authorize?oauth_token=${temporaryCredentials.identifier}`);
      await page.getByRole("button", { name: "Yes" }).click();
      const verifier = (await page.locator("code").textContent()) ?? "";
      const exchange = { ...options, temporaryCredentials, verifier };
      const token = await requestTokenCredentials(`${origin}/oauth/token`, exchange);
      expect(token.expiresIn).toBe(3600);
      const { sessionHandle = "" } = token;
      const renewed = await renewTokenCredentials(`${origin}/oauth/token`, {
        ...options,
        tokenCredentials: token,
        sessionHandle,
      });
      const call = async (credentials: typeof token) => {
        const url = `${origin}/photos`;
        const signer = createSigner({ client, token: credentials });
        return fetch(url, { headers: { ...signer.sign({ method: "GET", url }).headers } });
      };
      expect((await call(renewed)).status).toBe(200);
      expect((await call(token)).status).toBe(401);
      await page.context().close();
    },
  );

  it("accepts the public URL behind a proxy, and no other", async () => {
    const proxy = diffs.at(-1);
    const { origin } = await startBoth("node-http", proxy && [proxy]);
    /** As the proxy passes it on. */
    const passOn = async (called: string) => {
      const signer = createSigner({ client });
      const { headers } = signer.sign(
        { method: "POST", url: `${called}/oauth/initiate` },
        { protocolParameters: [["oauth_callback", "oob"]] },
      );
      return fetch(`${origin}/oauth/initiate`, { method: "POST", headers: { ...headers } });
    };
    expect((await passOn("https://photos.example.net")).status).toBe(200);
    expect((await passOn(origin)).status).toBe(401);
  });
});
