// Other people's clients get a token over HTTP, and use it until it is revoked. The resource owner
// decides in Debian's Chromium. Each client is a small program in dances/.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort, isMissing, startChromium } from "@oauth1/test-servers";
import { nodeVerifier } from "@oauth1/verifier/node";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { nodeProvider } from "../src/node.js";
import { memoryStore } from "../src/stores/memory.js";
import { freshOwner, PRINTER, serve } from "./served-provider.js";

interface Client {
  readonly file: string;
  readonly program: string;
  /** Succeeds if the library is installed. */
  readonly check: readonly string[];
  /** What the library reports after a denial. */
  readonly denied: RegExp;
}

const clients: Readonly<Record<string, Client>> = {
  "requests-oauthlib": {
    file: "requests-oauthlib.py",
    program: "/usr/bin/python3",
    check: ["-c", "import requests_oauthlib"],
    // It does not send a request without the code.
    denied: /^failed: VerifierMissing: /,
  },
  "Ruby's oauth": {
    file: "ruby-oauth.rb",
    program: "/usr/bin/ruby",
    check: ["-e", 'require "oauth"'],
    denied: /^failed: OAuth::Problem: parameter_absent$/,
  },
  "PHP's oauth": {
    file: "php-oauth.php",
    program: "/usr/bin/php",
    check: ["-r", 'exit(extension_loaded("oauth") ? 0 : 1);'],
    denied: /^failed: OAuthException: oauth_problem=parameter_absent&/,
  },
  "npm's oauth": {
    file: "npm-oauth.mjs",
    program: process.execPath,
    check: ["--version"],
    denied: /^failed: 401 oauth_problem=permission_denied$/,
  },
  "@oauth1/client": {
    file: "ours.mjs",
    program: process.execPath,
    check: ["--version"],
    denied: /^failed: AuthorizationDeniedError: /,
  },
};

function isNotInstalled(name: string, { program, check }: Client): boolean {
  if (process.env["CI"] === "true" || spawnSync(program, check).status === 0) return false;
  console.warn(`SKIPPED: the dance of ${name}, because it is not installed for ${program}`);
  return true;
}

describe.skipIf(isMissing("chromium"))("a client over HTTP", () => {
  const {
    provider,
    api,
    clients: registered,
  } = serve(memoryStore(), {
    allowInsecureTransport: true,
  });
  let server: Server;
  let origin: string;
  let browser: Browser;
  beforeAll(async () => {
    const photos = nodeVerifier(api, (_request, response, { caller }) => {
      response.end(`photos of ${caller?.resourceOwner}`);
    });
    server = createServer(
      nodeProvider(provider, (request, response) => {
        const isPhotos = request.url?.startsWith("/photos");
        // The other pages are those of the client.
        return isPhotos ? photos(request, response) : response.end("ready");
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
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  /** Starts a client, which prints and reads lines. */
  function start(
    { program, file }: Pick<Client, "program" | "file">,
    callback: string,
    environment: Record<string, string> = {},
  ) {
    registered.set(PRINTER.identifier, { ...PRINTER, callbacks: [callback] });
    const started = spawn(program, [fileURLToPath(new URL(`dances/${file}`, import.meta.url))], {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        PROVIDER: origin,
        RESOURCE: `${origin}/photos?file=vacation.jpg&size=original`,
        CALLBACK: callback,
        CLIENT: PRINTER.identifier,
        CLIENT_SECRET: PRINTER.sharedSecrets[0],
        ...environment,
      },
    });
    child = started;
    const lines = createInterface(started.stdout)[Symbol.asyncIterator]();
    return {
      read: async () => (await lines.next()).value ?? "nothing",
      write: (line: string) => started.stdin.write(`${line}\n`),
    };
  }

  /** A resource owner who is signed in at the provider. */
  async function signIn() {
    const owner = freshOwner();
    const context = await browser.newContext();
    await context.addCookies([{ name: "session", value: `${owner}-1`, url: origin }]);
    return { owner, page: await context.newPage() };
  }

  async function revokeAll(owner: string) {
    const [token, ...others] = await provider.listTokens(owner);
    expect(others).toEqual([]);
    expect(await provider.revokeToken(owner, token?.identifier ?? "")).toBe(true);
  }

  describe.each(Object.entries(clients))("of %s", (name, client) => {
    const missing = isNotInstalled(name, client);

    /** The first part of the dance. Returns what the browser brings back to the client. */
    async function decide(callback: string, button: "Allow" | "Deny") {
      const { owner, page } = await signIn();
      const { read, write } = start(client, callback);
      await page.goto(await read());
      await page.getByRole("button", { name: button }).click();
      if (callback === "oob") {
        write((await page.locator("code").textContent()) ?? "");
      } else {
        await page.waitForURL(`${callback}?**`);
        write(page.url());
      }
      await page.context().close();
      return { owner, read, write };
    }

    it.skipIf(missing).each(["a callback", "oob"])(
      "gets a token with %s, which works until it is revoked",
      async (kind) => {
        const callback = kind === "oob" ? kind : `${origin}/ready`;
        const { owner, read, write } = await decide(callback, "Allow");
        expect(await read()).toBe(`200 photos of ${owner}`);
        await revokeAll(owner);
        write("again");
        expect(await read()).toMatch(/^401 /);
      },
    );

    it.skipIf(missing)("gets no token after a denial", async () => {
      const { owner, read } = await decide(`${origin}/ready`, "Deny");
      expect(await read()).toMatch(client.denied);
      expect(await provider.listTokens(owner)).toEqual([]);
    });
  });

  it("learns that its oauth_version is wrong (RFC 5849 §3.1), such as 1.0A", async () => {
    const client = { program: process.execPath, file: "npm-oauth.mjs" };
    const { read } = start(client, "oob", { VERSION: "1.0A" });
    expect(await read()).toMatch(/^failed: 400 oauth_problem=version_rejected&/);
  });

  describe("of passport-oauth1", () => {
    /** Starts a site, and opens its consent page. */
    async function logIn() {
      const site = `http://127.0.0.1:${await freePort()}`;
      const callback = `${site}/login/callback`;
      const { read } = start({ program: process.execPath, file: "passport-oauth1.mjs" }, callback);
      expect(await read()).toBe("ready");
      const { owner, page } = await signIn();
      await page.goto(`${site}/login`);
      return { owner, page, site };
    }

    it("signs in to a site, whose token works until it is revoked", async () => {
      const { owner, page, site } = await logIn();
      await page.getByRole("button", { name: "Allow" }).click();
      await page.waitForURL(`${site}/photos`);
      expect(await page.textContent("body")).toBe(`200 photos of ${owner}`);
      await revokeAll(owner);
      await page.reload();
      expect(await page.textContent("body")).toMatch(/^401 /);
      await page.context().close();
    });

    it("gets no token after a denial", async () => {
      const { owner, page, site } = await logIn();
      await page.getByRole("button", { name: "Deny" }).click();
      await page.waitForURL(`${site}/login/callback?**`);
      expect(await page.textContent("body")).toMatch(/^failed: InternalOAuthError: 401 /);
      expect(await provider.listTokens(owner)).toEqual([]);
      await page.context().close();
    });
  });
});
