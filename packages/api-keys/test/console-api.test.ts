import { describe, expect, it, vi } from "vitest";
import { createApiKeysServer, type Installation } from "../src/index.js";
import { browser, ORIGIN, PASSWORD, signedIn } from "./browser.js";
import { forgetRates, onBothDatabases, WEATHER_BOT } from "./installations.js";

// Each server sees its own client address, so that tests do not share rate limits.
let addresses = 0;
function serverOf(installation: Installation, options = {}) {
  const address = `192.0.2.${addresses++}`;
  return createApiKeysServer(installation, {
    publicOrigin: ORIGIN,
    addressOf: () => address,
    ...options,
  });
}

onBothDatabases((opened) => {
  describe("sign-in", () => {
    it("starts with a one-time link, works with the password, and ends with sign-out", async () => {
      const server = serverOf(opened.installation);
      const { accountId, username, ...page } = await signedIn(server, opened);
      expect(await page.send("GET", "/api/console/session")).toMatchObject({
        status: 200,
        body: { user: { username, hasPassword: true }, mayManageKeys: true, mayManageUsers: true },
      });

      const other = browser(server);
      const entered = await other.send("POST", "/api/console/session", {
        account: accountId,
        username: username.toUpperCase(),
        password: PASSWORD,
      });
      expect(entered.status).toBe(200);
      expect(entered.headers.getSetCookie()[0]).toMatch(
        /^oauth1-console=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
      );
      expect(entered.headers.get("Cache-Control")).toBe("no-store");
      const { cookie } = other;
      expect((await other.send("DELETE", "/api/console/session")).status).toBe(204);
      other.cookie = cookie;
      expect((await other.send("GET", "/api/console/session")).status).toBe(204);
      // The user's other session is still open.
      expect((await page.send("GET", "/api/console/session")).status).toBe(200);
    });

    it("sets a secure __Host- cookie over https", async () => {
      const origin = "https://keys.example.com";
      const server = serverOf(opened.installation);
      const { accountId, username } = await signedIn(server, opened);
      const secure = browser(serverOf(opened.installation, { publicOrigin: origin }), origin);
      const entered = await secure.send("POST", "/api/console/session", {
        account: accountId,
        username,
        password: PASSWORD,
      });
      expect(entered.headers.getSetCookie()[0]).toMatch(
        /^__Host-oauth1-console=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect((await secure.send("GET", "/api/console/session")).status).toBe(200);
    });

    it("accepts a one-time link once, and not after it has expired", async () => {
      const server = serverOf(opened.installation);
      const admin = await signedIn(server, opened);
      const { body } = await admin.send("POST", "/api/console/users", {
        username: `agent-${admin.userId}`,
        role: "Agent",
      });
      const page = browser(server);
      const { token } = body.link;
      const path = "/api/console/password";
      expect((await page.send("POST", path, { token, password: "short" })).body).toMatchObject({
        code: "invalid_input",
        errors: [{ path: "/password", message: "must have at least 12 characters" }],
      });
      expect((await page.send("POST", "/api/console/one-time-link", { token })).body).toEqual({
        username: `agent-${admin.userId}`,
        expiresAt: body.link.expiresAt,
      });
      opened.skew = 24 * 3_600_000 + 1;
      expect((await page.send("POST", path, { token, password: PASSWORD })).status).toBe(410);
      opened.skew = 0;
      const both = await Promise.all(
        ["one long password", "two long passwords"].map((password) =>
          page.send("POST", path, { token, password }),
        ),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
      expect((await page.send("POST", "/api/console/one-time-link", { token })).body.code).toBe(
        "link_unusable",
      );
    });

    it("ends a session after 12 hours, or after an hour without use", async () => {
      const page = await signedIn(serverOf(opened.installation), opened);
      const after = async (minutes: number) => {
        opened.skew = minutes * 60_000;
        return (await page.send("GET", "/api/console/session")).status;
      };
      const used = [];
      for (let minutes = 0; minutes < 12 * 60; minutes += 59) used.push(await after(minutes));
      expect(new Set(used)).toEqual(new Set([200]));
      expect(await after(12 * 60 + 1)).toBe(204);
      opened.skew = 0;

      const idle = await signedIn(serverOf(opened.installation), opened);
      opened.skew = 61 * 60_000;
      expect((await idle.send("GET", "/api/console/session")).status).toBe(204);
      expect((await idle.send("GET", "/api/console/keys")).status).toBe(401);
      opened.skew = 0;
    });

    it("doubles the wait after each wrong password, also for unknown names", async () => {
      const server = serverOf(opened.installation);
      const { accountId: account, username } = await signedIn(server, opened);
      for (const name of [username, `nobody-${username}`]) {
        const page = browser(serverOf(opened.installation));
        const attempt = (password: string) =>
          page.send("POST", "/api/console/session", { account, username: name, password });
        const wrong = [];
        for (let count = 0; count < 5; count++) wrong.push(await attempt("wrong password"));
        expect(wrong.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
        expect(new Set(wrong.map(({ text }) => text)).size).toBe(1);
        for (const wait of [1, 2, 4]) {
          const locked = await attempt(PASSWORD);
          expect(locked).toMatchObject({ status: 429, body: { code: "locked_out" } });
          expect(Number(locked.headers.get("Retry-After"))).toBe(wait);
          opened.skew += wait * 1000;
          if (wait < 4) expect((await attempt("wrong password")).status).toBe(401);
        }
        expect((await attempt(PASSWORD)).status).toBe(name === username ? 200 : 401);
        opened.skew = 0;
        await forgetRates(opened.installation);
      }
    });

    it("counts concurrent attempts", async () => {
      const { accountId: account, username } = await signedIn(
        serverOf(opened.installation),
        opened,
      );
      const page = browser(serverOf(opened.installation));
      // The time stops, since every second allows a further attempt.
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
      const attempts = await Promise.all(
        Array.from({ length: 15 }, () =>
          page.send("POST", "/api/console/session", {
            account,
            username,
            password: "wrong password",
          }),
        ),
      ).finally(() => vi.useRealTimers());
      expect(attempts.filter(({ status }) => status === 401)).toHaveLength(5);
    });

    it("limits an address to 20 attempts a minute", async () => {
      const page = browser(serverOf(opened.installation));
      const statuses = [];
      for (let count = 0; count < 21; count++) {
        const { status } = await page.send("POST", "/api/console/one-time-link", { token: "x" });
        statuses.push(status);
      }
      expect(statuses).toEqual([...Array(20).fill(410), 429]);
    });
  });

  describe("protection against other sites", () => {
    it("rejects changes without the CSRF token or from another origin", async () => {
      const page = await signedIn(serverOf(opened.installation), opened);
      const create = (headers: Record<string, string>) =>
        page.send("POST", "/api/console/keys", WEATHER_BOT, headers);
      for (const [headers, code] of [
        [{ "X-CSRF-Token": "" }, "csrf_token_missing"],
        [{ "X-CSRF-Token": `${page.csrfToken}x` }, "csrf_token_missing"],
        [{ Origin: "https://evil.example" }, "cross_origin"],
        [{ Origin: "null" }, "cross_origin"],
        [{ "Sec-Fetch-Site": "same-site" }, "cross_origin"],
      ] as const) {
        expect(await create(headers)).toMatchObject({ status: 403, body: { code } });
      }
      expect(await create({ "Content-Type": "application/x-www-form-urlencoded" })).toMatchObject({
        status: 415,
        body: { code: "not_json" },
      });
      expect((await create({ "Sec-Fetch-Site": "same-origin" })).status).toBe(201);
    });

    it("rejects a body of more than 64 KiB, and one that is not JSON", async () => {
      const page = await signedIn(serverOf(opened.installation), opened);
      const send = (body: string) => page.send("POST", "/api/console/keys", body);
      expect((await send(`"${"x".repeat(65_536)}"`)).status).toBe(413);
      expect(await send("{")).toMatchObject({ status: 400, body: { code: "malformed_request" } });
      expect(await send("[]")).toMatchObject({ status: 422, body: { code: "invalid_input" } });
    });
  });

  describe("keys", () => {
    it("can be created, read, listed, edited, disabled, enabled and rotated", async () => {
      const page = await signedIn(serverOf(opened.installation), opened);
      const made = await page.send("POST", "/api/console/keys", WEATHER_BOT);
      expect(made.status).toBe(201);
      const { key, credentials } = made.body;
      const path = `/api/console/keys/${key.id}`;
      expect(made.headers.get("Location")).toBe(path);
      expect((await page.send("GET", path)).body).toEqual(key);
      expect((await page.send("GET", "/api/console/keys?search=weather")).body).toEqual({
        keys: [key],
        total: 1,
        page: 1,
        pageSize: 25,
        limit: { used: 1, maximum: 100 },
      });
      expect(
        (await page.send("PATCH", path, { developerName: "John Doe", version: 1 })).body,
      ).toMatchObject({ developerName: "John Doe", version: 2 });
      expect(await page.send("PATCH", path, { description: "x", version: 1 })).toMatchObject({
        status: 409,
        body: { code: "stale" },
      });
      expect((await page.send("POST", `${path}/disable`)).body.enabled).toBe(false);
      expect((await page.send("POST", `${path}/enable`)).body.enabled).toBe(true);
      const rotated = await page.send("POST", `${path}/rotate`, { overlapSeconds: 60 });
      expect(rotated.body.credentials.client.sharedSecret).toMatch(/^[0-9a-f]{64}$/);
      expect(rotated.body.key.oldSecretsExpireAt).toHaveLength(1);
      const ended = await page.send("POST", `${path}/end-old-secrets`);
      expect(ended).toMatchObject({ status: 200, body: { oldSecretsExpireAt: [] } });

      const audit = await page.send("GET", `${path}/audit`);
      expect(audit.body.entries.map((entry: { action: string }) => entry.action)).toEqual([
        "old secrets ended",
        "secrets rotated",
        "key enabled",
        "key disabled",
        "key edited",
        "key created",
      ]);
      const everything = [
        audit,
        await page.send("GET", path),
        await page.send("GET", "/api/console/keys"),
        await page.send("GET", "/api/console/audit"),
      ]
        .map(({ text }) => text)
        .join();
      for (const { client, token } of [credentials, rotated.body.credentials]) {
        expect(everything).not.toContain(client.sharedSecret);
        expect(everything).not.toContain(token.sharedSecret);
      }
    });

    it("cannot be deleted: 405 with the reason", async () => {
      const page = await signedIn(serverOf(opened.installation), opened);
      const { body } = await page.send("POST", "/api/console/keys", WEATHER_BOT);
      const answer = await page.send("DELETE", `/api/console/keys/${body.key.id}`);
      expect(answer).toMatchObject({ status: 405, body: { code: "no_deleting" } });
      expect(answer.body.detail).toContain("disable the key instead");
      expect(answer.headers.get("Allow")).toBe("GET, PATCH");
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
    });

    it("report what is wrong with an input, and where", async () => {
      const page = await signedIn(serverOf(opened.installation), opened);
      const wrong = { ...WEATHER_BOT, applicationName: "", permissions: [], colour: "red" };
      const answer = await page.send("POST", "/api/console/keys", wrong);
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([
        "/applicationName",
        "/permissions",
        "/colour",
      ]);
      expect((await page.send("GET", "/api/console/keys?pageSize=101&sort=x")).body.errors).toEqual(
        [expect.objectContaining({ path: "sort" }), expect.objectContaining({ path: "pageSize" })],
      );
      expect((await page.send("GET", "/api/console/keys?search=%01")).status).toBe(422);
      for (const keyId of ["x", "%20", "0".repeat(36)]) {
        expect(await page.send("GET", `/api/console/keys/${keyId}`), keyId).toMatchObject({
          status: 404,
          body: { detail: "the account has no API key with this id" },
        });
      }
      const other = await signedIn(serverOf(opened.installation), opened);
      const { body } = await other.send("POST", "/api/console/keys", WEATHER_BOT);
      expect((await page.send("GET", `/api/console/keys/${body.key.id}`)).status).toBe(404);
      expect((await page.send("GET", `/api/console/keys/${body.key.id}/audit`)).status).toBe(404);
    });
  });

  describe("roles", () => {
    it("apply from the next request on; a disabled user is signed out", async () => {
      const server = serverOf(opened.installation);
      const admin = await signedIn(server, opened);
      const made = await admin.send("POST", "/api/console/users", {
        username: `manager-${admin.userId}`,
        role: "Campaign Manager",
      });
      const manager = browser(server);
      const { token } = made.body.link;
      await manager.send("POST", "/api/console/password", { token, password: PASSWORD });
      const path = `/api/console/users/${made.body.user.id}`;
      expect((await manager.send("POST", "/api/console/keys", WEATHER_BOT)).status).toBe(201);
      await admin.send("PATCH", path, { role: "Agent" });
      expect((await manager.send("POST", "/api/console/keys", WEATHER_BOT)).body.code).toBe(
        "role_insufficient",
      );
      await admin.send("PATCH", path, { enabled: false });
      expect((await manager.send("GET", "/api/console/keys")).status).toBe(401);
      expect(
        await admin.send("PATCH", `/api/console/users/${admin.userId}`, { role: "Agent" }),
      ).toMatchObject({ status: 422, body: { errors: [{ path: "/role" }] } });
      expect(
        await admin.send("POST", "/api/console/users", {
          username: `MANAGER-${admin.userId}`,
          role: "Agent",
        }),
      ).toMatchObject({ status: 409, body: { code: "username_taken" } });
    });

    it("are required: without a session every request is rejected", async () => {
      const page = browser(serverOf(opened.installation));
      for (const path of ["keys", "catalogue", "audit", "users", "keys/x/audit"]) {
        expect(await page.send("GET", `/api/console/${path}`), path).toMatchObject({
          status: 401,
          body: { code: "signed_out" },
        });
      }
      expect((await page.send("DELETE", "/api/console/session")).status).toBe(401);
      // The page asks whether there is a session. Without one, the answer is not an error.
      expect(await page.send("GET", "/api/console/session")).toMatchObject({
        status: 204,
        text: "",
      });
      expect((await page.send("GET", "/api/console/nothing")).status).toBe(404);
    });
  });

  describe("the OpenAPI description", () => {
    it("is version 3.1, and describes every route", async () => {
      const server = serverOf(opened.installation);
      const page = await signedIn(server, opened);
      const { body } = await page.send("GET", "/api/openapi.json");
      expect(body.openapi).toBe("3.1.0");
      const operations = Object.entries<Record<string, object>>(body.paths).flatMap(
        ([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`),
      );
      const routes = server.routes
        .filter(
          ({ method, path }) =>
            method !== "ALL" && !path.includes("*") && path !== "/api/openapi.json",
        )
        .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
      expect(new Set(operations)).toEqual(new Set(routes));
      // A handler that reads a body that is not a form must require its hash, as the login does.
      type Operation = { security?: Record<string, unknown>[]; requestBody?: unknown };
      const signedWithBody = Object.entries<Record<string, Operation>>(body.paths).flatMap(
        ([path, methods]) =>
          Object.values(methods)
            .filter(
              ({ security, requestBody }) =>
                requestBody && security?.some((each) => "oauth" in each),
            )
            .map(() => path),
      );
      expect(signedWithBody).toEqual(["/api/account/{accountId}/login"]);
      expect(Object.keys(body.components.schemas)).toEqual(
        expect.arrayContaining(["ApiKey", "NewApiKey", "Problem", "Session"]),
      );
    });
  });

  it("passes an internal error to onFault, and does not show it to the client", async () => {
    const faults: unknown[] = [];
    const broken: Installation = {
      ...opened.installation,
      database: new Proxy(opened.installation.database, {
        get() {
          throw new Error("the database is on fire");
        },
      }),
    };
    const server = serverOf(broken, { onFault: (error: unknown) => faults.push(error) });
    const answer = await browser(server).send("GET", "/api/console/keys", undefined, {
      Cookie: "oauth1-console=x",
    });
    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(answer.text).not.toContain("fire");
    expect(faults).toEqual([expect.objectContaining({ message: "the database is on fire" })]);
  });
});
