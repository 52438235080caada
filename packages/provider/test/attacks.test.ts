// What attackers try against a provider, with each kind of store. RFC 5849 §4 and the advisory
// OAuth Security Advisory 2009.1 (session fixation) describe most of it.
import {
  readAuthorizationCallback,
  renewTokenCredentials,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { cachedCredentials } from "@oauth1/verifier/credentials/cache";
import { describe, expect, it } from "vitest";
import {
  credentialsOf,
  freshOwner,
  ORIGIN,
  onEachStore,
  PRINTER,
  problemOf,
  SCANNER,
  serve,
} from "./served-provider.js";

onEachStore((store) => {
  describe("the dance of RFC 5849 §1.2", () => {
    it("issues token credentials that work at once and stop when they are revoked", async () => {
      const { provider, begin, decide, exchange, callApi } = serve(store());
      const owner = freshOwner();
      const temporary = await begin();
      expect(temporary.callbackConfirmed).toBe(true);
      const response = await decide(temporary.identifier, `${owner}-1`, "approve");
      expect(response.status).toBe(303);
      const location = response.headers.get("Location") ?? "";
      expect(location).toMatch(/^http:\/\/printer\.example\.com\/ready\?oauth_token=/);
      const { verifier } = readAuthorizationCallback(location, temporary);
      const token = await exchange(temporary, verifier);
      expect(token.expiresIn).toBeUndefined();
      expect(await callApi(token)).toBe(owner);
      expect(await provider.listTokens(owner)).toMatchObject([
        { identifier: token.identifier, client: PRINTER.identifier, resourceOwner: owner },
      ]);
      expect(await provider.revokeToken(freshOwner(), token.identifier)).toBe(false);
      expect(await callApi(token)).toBe(owner);
      expect(await provider.revokeToken(owner, token.identifier)).toBe(true);
      expect(await callApi(token)).toBe("token_rejected");
      expect(await provider.listTokens(owner)).toEqual([]);
    });

    it("stops a revoked token within 5 seconds behind a cache", async () => {
      const { approved, exchange, provider } = serve(store());
      const seconds = { now: 0 };
      const cached = cachedCredentials(provider.credentials, {
        maxAge: 5,
        clock: () => seconds.now,
      });
      const owner = freshOwner();
      const { temporary, verifier } = await approved(PRINTER, `${owner}-1`);
      const token = await exchange(temporary, verifier);
      const isAccepted = async () =>
        (await cached.find(PRINTER.identifier, token.identifier)).token !== undefined;
      expect(await isAccepted()).toBe(true);
      await provider.revokeToken(owner, token.identifier);
      seconds.now = 5;
      expect(await isAccepted()).toBe(false);
    });

    it("sends a denial to the callback, and issues nothing", async () => {
      const { begin, decide, exchange } = serve(store());
      const temporary = await begin(SCANNER);
      const response = await decide(temporary.identifier, "jane-1", "deny");
      expect(response.headers.get("Location")).toBe(
        `https://scanner.example.com/done?from=photos&oauth_token=${temporary.identifier}&oauth_problem=permission_denied`,
      );
      expect(() =>
        readAuthorizationCallback(response.headers.get("Location") ?? "", temporary),
      ).toThrow(/permission_denied/);
      expect(await problemOf(exchange(temporary, "guess", SCANNER))).toBe("401 permission_denied");
    });

    it("shows a code without look-alikes to a client without a callback", async () => {
      const { begin, decide, exchange, callApi } = serve(store());
      const temporary = await begin(PRINTER, "oob");
      const html = await (await decide(temporary.identifier, "jane-1", "approve")).text();
      const [, code = ""] = /<code class="code">(\w+)</.exec(html) ?? [];
      expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
      const typed = `${code.slice(0, 4)} ${code.slice(4)}`.toLowerCase();
      expect(await callApi(await exchange(temporary, typed))).toBe("jane");
    });

    it("renews a token that expires, once for each session handle", async () => {
      const { approved, exchange, callApi, time, fetch, address, provider } = serve(store(), {
        tokenLifetime: 3600,
      });
      const { temporary, verifier } = await approved();
      const token = await exchange(temporary, verifier);
      expect([token.expiresIn, await callApi(token)]).toEqual([3600, "jane"]);
      time.skew = 3600;
      expect(await callApi(token)).toBe("token_expired");
      const renew = (sessionHandle: string, client = credentialsOf(PRINTER)) =>
        renewTokenCredentials(address(provider.paths.token), {
          client,
          tokenCredentials: token,
          sessionHandle,
          fetch,
          clock: () => Math.floor(Date.now() / 1000) + time.skew,
        });
      expect(await problemOf(renew("another"))).toBe("401 permission_denied");
      expect(await problemOf(renew(token.sessionHandle ?? "", credentialsOf(SCANNER)))).toBe(
        "401 token_rejected",
      );
      const renewed = await renew(token.sessionHandle ?? "");
      expect(await callApi(renewed)).toBe("jane");
      expect(await callApi(token)).toBe("token_rejected");
      expect(await problemOf(renew(token.sessionHandle ?? ""))).toBe("401 token_rejected");
    });
  });

  describe("an attacker who", () => {
    it("sends a victim his own request gets no code (session fixation of 2009)", async () => {
      const { begin, decide, exchange, callApi } = serve(store());
      // The attacker starts, and the victim approves. The code goes to the victim's browser, at
      // the registered callback. The attacker knows everything but the code.
      const temporary = await begin();
      const response = await decide(temporary.identifier, "victim-1", "approve");
      expect(response.headers.get("Location")).toMatch(/^http:\/\/printer\.example\.com\/ready\?/);
      expect(await problemOf(exchange(temporary, ""))).toMatch(/^400 /);
      expect(await problemOf(exchange(temporary, temporary.identifier))).toBe(
        "400 parameter_rejected",
      );
      expect(await callApi(temporary)).toBe("token_rejected");
    });

    it("guesses the code has five guesses, also concurrently, and then nothing is left", async () => {
      const { approved, exchange } = serve(store());
      const { temporary, verifier } = await approved();
      const guesses = await Promise.all(
        Array.from({ length: 20 }, (_, index) => problemOf(exchange(temporary, `guess-${index}`))),
      );
      expect(
        guesses.filter((each) => each === "400 parameter_rejected").length,
      ).toBeLessThanOrEqual(5);
      expect(guesses.filter((each) => each === "no problem")).toEqual([]);
      expect(await problemOf(exchange(temporary, verifier))).toBe("401 token_rejected");
    });

    it("uses a code twice gets one token", async () => {
      const { approved, exchange } = serve(store());
      const { temporary, verifier } = await approved();
      await exchange(temporary, verifier);
      expect(await problemOf(exchange(temporary, verifier))).toBe("401 token_rejected");
    });

    it("exchanges 100 times at once gets exactly one token", async () => {
      const { approved, exchange, provider } = serve(store());
      const owner = freshOwner();
      const { temporary, verifier } = await approved(PRINTER, `${owner}-1`);
      const results = await Promise.all(
        Array.from({ length: 100 }, () => problemOf(exchange(temporary, verifier))),
      );
      expect(results.filter((each) => each === "no problem")).toHaveLength(1);
      expect(await provider.listTokens(owner)).toHaveLength(1);
    });

    it("names another callback is rejected, however similar it is", async () => {
      const { begin, clients } = serve(store());
      for (const callback of [
        "http://evil.example.com/ready",
        "http://printer.example.com/ready/",
        "http://printer.example.com/ready?next=http://evil.example.com",
        "http://printer.example.com/ready#x",
        "HTTP://printer.example.com/ready",
        "http://printer.example.com:80/ready",
        "http://printer.example.com/ready%00",
        "http://printer.example.com@evil.example.com/ready",
        "https://scanner.example.com/done?from=photos",
      ]) {
        expect(await problemOf(begin(PRINTER, callback)), callback).toBe("400 parameter_rejected");
      }
      expect(await problemOf(begin(SCANNER, "oob"))).toBe("400 parameter_rejected");
      // Not even if somebody registered them.
      const callbacks = [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        'https://evil.example.com/"><script>alert(1)</script>',
        "https://evil.example.com/\r\nSet-Cookie: session=1",
        "https://evil.example.com;script-src.example.com/",
      ];
      clients.set(PRINTER.identifier, { ...PRINTER, callbacks: callbacks as never });
      for (const callback of callbacks) {
        expect(await problemOf(begin(PRINTER, callback)), callback).toBe("400 parameter_rejected");
      }
    });

    it("omits the callback is rejected", async () => {
      const { fetch, address, provider } = serve(store());
      const step = requestTemporaryCredentials(address(provider.paths.temporaryCredentials), {
        client: credentialsOf(PRINTER),
        callback: null,
        fetch,
      });
      expect(await problemOf(step)).toBe("400 parameter_absent");
    });

    it("adds a callback to the consent page's address changes nothing (open redirect)", async () => {
      const { begin, send, address, provider, clients, decide } = serve(store());
      const temporary = await begin();
      const url = `${address(provider.paths.authorization)}?oauth_token=${temporary.identifier}`;
      const page = await send(`${url}&oauth_callback=https%3A%2F%2Fevil.example.com`, {
        headers: { Cookie: "session=jane-1" },
      });
      expect(await page.text()).not.toContain("evil.example.com");
      // And a callback that the client no longer has is not used.
      clients.set(PRINTER.identifier, { ...PRINTER, callbacks: ["oob"] as never });
      const stale = await decide(temporary.identifier, "jane-1", "approve");
      expect([stale.status, stale.headers.get("Location")]).toEqual([400, null]);
    });

    it("signs as another client cannot use its credentials", async () => {
      const { approved, exchange, callApi } = serve(store());
      const { temporary, verifier } = await approved();
      expect(await problemOf(exchange(temporary, verifier, SCANNER))).toBe("401 token_rejected");
      const token = await exchange(temporary, verifier);
      expect(await callApi(token, SCANNER)).toBe("token_rejected");
      expect(await callApi(token)).toBe("jane");
    });

    it("uses temporary credentials as token credentials, or the other way round, is rejected", async () => {
      const { approved, exchange, callApi } = serve(store());
      const { temporary, verifier } = await approved();
      expect(await callApi(temporary)).toBe("token_rejected");
      const token = await exchange(temporary, verifier);
      expect(await callApi(temporary)).toBe("token_rejected");
      expect(await problemOf(exchange(token, verifier))).toBe("401 token_rejected");
    });

    it("does not wait for the resource owner is rejected, and may ask again", async () => {
      const { begin, exchange, decide, callApi } = serve(store());
      const temporary = await begin(PRINTER, "oob");
      for (let asked = 0; asked < 10; asked += 1) {
        expect(await problemOf(exchange(temporary, "guess"))).toBe("401 permission_unknown");
      }
      const html = await (await decide(temporary.identifier, "jane-1", "approve")).text();
      const [, code = ""] = /<code class="code">(\w+)</.exec(html) ?? [];
      expect(await callApi(await exchange(temporary, code))).toBe("jane");
    });

    it("repeats a request of any step is rejected", async () => {
      const { send, fetch, address, provider, approved, open, post } = serve(store());
      const requests: [string, RequestInit][] = [];
      const recording = (async (url: string, init: RequestInit) => {
        requests.push([url, init]);
        return fetch(url, init);
      }) as typeof fetch;
      const { temporary, verifier } = await approved();
      const options = { client: credentialsOf(PRINTER), fetch: recording };
      const initiate = address(provider.paths.temporaryCredentials);
      await requestTemporaryCredentials(initiate, { ...options, callback: "oob" });
      await problemOf(
        requestTokenCredentials(address(provider.paths.token), {
          ...options,
          temporaryCredentials: temporary,
          verifier: `not ${verifier}`,
        }),
      );
      for (const [url, init] of requests) {
        const again = await (await send(url, init)).text();
        expect(new URLSearchParams(again).get("oauth_problem"), url).toBe("nonce_used");
      }
      // The consent page and its form work once.
      expect((await open(temporary.identifier, "jane-1")).response.status).toBe(400);
      const form = new URLSearchParams({ oauth_token: temporary.identifier, decision: "deny" });
      expect((await post(form, "jane-1")).status).toBe(400);
      expect(requests).toHaveLength(2);
    });

    it("waits until temporary credentials have expired gets nothing, and they are removed", async () => {
      const { begin, approved, exchange, open, time } = serve(store());
      const { temporary, verifier } = await approved();
      const pending = await begin();
      time.skew = 600;
      expect((await open(pending.identifier, "jane-1")).response.status).toBe(400);
      expect(await problemOf(exchange(temporary, verifier))).toBe("401 token_expired");
      while ((await store().removeExpired(new Date(Date.now() + 600_000))) > 0);
      expect(await problemOf(exchange(temporary, verifier))).toBe("401 token_rejected");
      time.skew = 0;
    });

    it("writes HTML into names cannot run it", async () => {
      const { begin, open, clients } = serve(store());
      const name = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
      clients.set(PRINTER.identifier, {
        ...PRINTER,
        name: name as never,
        developer: name as never,
        access: [name] as never,
      });
      const { html, response } = await open((await begin()).identifier, "jane-1");
      expect(html).not.toMatch(/<script|<img/i);
      expect(html).toContain("&#60;script&#62;alert(1)");
      const policy = response.headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe-inline");
    });

    it("frames the pages is kept out by their headers (click-jacking)", async () => {
      const { begin, open, send, address, provider, decide } = serve(store());
      const temporary = await begin(PRINTER, "oob");
      const pages = [
        (await open(temporary.identifier, "jane-1")).response,
        await decide(temporary.identifier, "jane-1", "approve"),
        (await open("unknown", "jane-1")).response,
        await send(address(provider.paths.description)),
      ];
      for (const { headers } of pages) {
        expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
        expect(headers.get("X-Frame-Options")).toBe("DENY");
        expect(headers.get("Cache-Control")).toBe("no-store");
        expect(headers.get("Referrer-Policy")).toBe("no-referrer");
      }
    });

    it("posts a form from another site or session cannot approve", async () => {
      const { begin, open, post } = serve(store());
      const temporary = await begin();
      const { fields } = await open(temporary.identifier, "mallory-1");
      fields.set("decision", "approve");
      // Mallory's form, posted by the victim's browser; then none; then another session of hers.
      expect((await post(fields, "victim-1")).status).toBe(403);
      const unbound = new URLSearchParams({
        oauth_token: temporary.identifier,
        decision: "approve",
      });
      expect((await post(unbound, "victim-1")).status).toBe(403);
      expect((await post(fields, "mallory-2")).status).toBe(403);
      // Nobody is signed in.
      expect((await post(fields, "")).headers.get("Location")).toBe(`${ORIGIN}/sign-in`);
      expect((await post(fields, "mallory-1")).status).toBe(303);
    });
  });
});

describe("credentials", () => {
  it("are not sent over http, unless that is allowed for development", async () => {
    const { memoryStore } = await import("../src/stores/memory.js");
    const over = async (options: object) => {
      const { fetch, provider } = serve(memoryStore(), options);
      return problemOf(
        requestTemporaryCredentials(`http://127.0.0.1${provider.paths.temporaryCredentials}`, {
          client: credentialsOf(PRINTER),
          callback: "oob",
          fetch,
          allowInsecureTransport: true,
        }),
      );
    };
    expect(await over({})).toMatch(/^403 /);
    expect(await over({ allowInsecureTransport: true })).toBe("no problem");
  });
});
