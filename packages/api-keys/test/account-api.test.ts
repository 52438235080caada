import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { createSigner } from "@oauth1/signer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createUser } from "../src/admin.js";
import {
  createApiKeysServer,
  createKey,
  editKey,
  type KeyWithCredentials,
  openInstallation,
  rotateSecrets,
  setEnabled,
} from "../src/index.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";
import { passTime } from "./pass-time.js";

const USERS = { category: "administration", permissions: ["users"] };

onBothDatabases((opened, name) => {
  let listener: Server;
  let origin = "";
  let addresses = 0;
  beforeAll(async () => {
    // Each request has its own address by default, so that no rate limit applies.
    const server = createApiKeysServer(opened.installation, {
      addressOf: (request) => request.headers.get("X-Test-Address") ?? `${addresses++}`,
      allowInsecureTransport: true,
    });
    ({ listener, origin } = await listen(server.fetch));
  });
  afterAll(() => {
    listener.close();
    listener.closeAllConnections();
  });

  async function freshKey(privileges: { category: string; permissions: string[] }) {
    const { accountId, actor } = await freshAccount(opened.installation);
    const made = await createKey(opened.installation, accountId, actor, {
      ...WEATHER_BOT,
      ...privileges,
    });
    const username = `bot.${accountId}`;
    await createUser(opened.installation, accountId, actor, { username, role: "Agent" });
    return { accountId, actor, username, made };
  }

  function signed(
    { credentials }: KeyWithCredentials,
    method: string,
    path: string,
    options: object = {},
    body?: string,
  ) {
    const { client, token } = credentials;
    const signedRequest = createSigner({ client, token, bodyHash: true, ...options }).sign({
      method,
      url: `${origin}${path}`,
      ...(body !== undefined && { body, headers: { "Content-Type": "application/json" } }),
    });
    return fetch(signedRequest.url, signedRequest);
  }

  describe("an echo resource", () => {
    it.each([
      ["data", "data-access", "GET"],
      ["administration", "users", "GET"],
      ["agent-interactions", "user-login", "POST"],
      ["engagements", "visit-information", "GET"],
      ["functions", "functions", "POST"],
    ])(
      "%s/%s: a signed %s gets its caller as the response",
      async (category, permission, method) => {
        const { accountId, made } = await freshKey({ category, permissions: [permission] });
        const path = `/api/account/${accountId}/echo/${category}/${permission}`;
        const answer = await signed(made, method, `${path}?q=r%C3%A4in+%26+sun`);
        expect(await answer.json()).toEqual({
          account: accountId,
          applicationName: "Weather bot",
          category,
          permission,
          client: made.credentials.client.identifier,
          token: made.credentials.token.identifier,
          signatureMethod: "HMAC-SHA1",
          transmission: "header",
          method,
          url: `${origin}${path}`,
        });
        expect(answer.status).toBe(200);
      },
    );

    it("accepts HMAC-SHA256 and the query, rejects PLAINTEXT over http and a used nonce", async () => {
      const { accountId, made } = await freshKey(USERS);
      const path = `/api/account/${accountId}/echo/administration/users`;
      const strong = await signed(made, "GET", path, { signatureMethod: hmacSha256 });
      expect(await strong.json()).toMatchObject({ signatureMethod: "HMAC-SHA256" });
      const inQuery = await signed(made, "GET", path, { transmission: "query" });
      expect(await inQuery.json()).toMatchObject({ transmission: "query" });
      const now = Math.floor(Date.now() / 1000);
      const once = { nonce: () => "same", clock: () => now };
      expect((await signed(made, "GET", path, once)).status).toBe(200);
      const again = await signed(made, "GET", path, once);
      expect(again.status).toBe(401);
      expect(await again.text()).toContain("oauth_problem=nonce_used");
    });

    it("returns 403 and names the permission that the key lacks", async () => {
      const { accountId, made } = await freshKey(USERS);
      const answer = await signed(
        made,
        "GET",
        `/api/account/${accountId}/echo/administration/skills`,
      );
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({
        code: "permission_missing",
        missingPermission: { id: "skills", name: "Skills API" },
        detail: expect.stringContaining('"Skills API"'),
      });
    });

    it("returns 403 for another account, 404 for an unknown one, and 405 for another method", async () => {
      const { accountId, made } = await freshKey(USERS);
      const other = await freshAccount(opened.installation);
      const statusOf = async (method: string, path: string) =>
        (await signed(made, method, `/api/account/${path}`)).status;
      expect(await statusOf("GET", `${other.accountId}/echo/administration/users`)).toBe(403);
      expect(await statusOf("GET", `${accountId}/echo/administration/nothing`)).toBe(404);
      expect(await statusOf("GET", `${accountId}/echo/data/users`)).toBe(404);
      expect(await statusOf("POST", `${accountId}/echo/administration/users`)).toBe(405);
    });

    it("rejects a request without a signature, with a wrong secret or without the token", async () => {
      const { accountId, made } = await freshKey(USERS);
      const path = `/api/account/${accountId}/echo/administration/users`;
      const unsigned = await fetch(`${origin}${path}`);
      expect(unsigned.status).toBe(401);
      expect(unsigned.headers.get("WWW-Authenticate")).toMatch(/^OAuth/);
      const { client, token } = made.credentials;
      const wrong = { client: { ...client, sharedSecret: "wrong" } };
      const rejected = await signed(made, "GET", path, wrong);
      expect(rejected.status).toBe(401);
      expect(await rejected.text()).toContain("oauth_problem=signature_invalid");
      for (const options of [
        { token: undefined },
        { token: { ...token, identifier: client.identifier } },
        { client: { ...client, identifier: "0".repeat(32) } },
      ]) {
        expect((await signed(made, "GET", path, options)).status).toBe(401);
      }
    });

    it("accepts old and new secrets while a rotation overlaps, then only the new ones", async () => {
      const { accountId, actor, made } = await freshKey(USERS);
      const path = `/api/account/${accountId}/echo/administration/users`;
      const rotate = (overlapSeconds: number) =>
        rotateSecrets(opened.installation, accountId, actor, made.key.id, { overlapSeconds });
      const second = await rotate(3600);
      expect((await signed(made, "GET", path)).status).toBe(200);
      expect((await signed(second, "GET", path)).status).toBe(200);
      opened.skew = 3_601_000;
      try {
        passTime(5000);
        expect((await signed(made, "GET", path)).status).toBe(401);
        expect((await signed(second, "GET", path)).status).toBe(200);
      } finally {
        opened.skew = 0;
      }
    });

    it("rejects a key within 5 seconds after another process disabled or edited it", async () => {
      const { accountId, actor, made } = await freshKey(USERS);
      const path = `/api/account/${accountId}/echo/administration/users`;
      const statusOf = async () => (await signed(made, "GET", path)).status;
      const within5Seconds = async (change: Promise<unknown>, status: number) => {
        await change;
        passTime(5000);
        expect(await statusOf()).toBe(status);
      };
      expect(await statusOf()).toBe(200);
      // The change does not notify the cache. On PostgreSQL it uses separate connections.
      const elsewhere =
        name === "PostgreSQL" ? await openInstallation(opened.options) : opened.installation;
      const { id } = made.key;
      await within5Seconds(setEnabled(elsewhere, accountId, actor, id, false), 401);
      await within5Seconds(setEnabled(elsewhere, accountId, actor, id, true), 200);
      const skills = { permissions: ["skills"] };
      await within5Seconds(editKey(elsewhere, accountId, actor, id, skills), 403);
      if (elsewhere !== opened.installation) await elsewhere.close();
    });
  });

  describe("a bot's login", () => {
    const LOGIN = { category: "agent-interactions", permissions: ["user-login"] };
    const login = (accountId: string, body: unknown, query = "?v=1.3", headers = {}) =>
      fetch(`${origin}/api/account/${accountId}/login${query}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    const fourValues = ({ credentials: { client, token } }: KeyWithCredentials) => ({
      appKey: client.identifier,
      secret: client.sharedSecret,
      accessToken: token.identifier,
      accessTokenSecret: token.sharedSecret,
    });

    it("returns a bearer token, a CSRF token and a session for the four values", async () => {
      const { accountId, username, made } = await freshKey(LOGIN);
      const answer = await login(accountId, { username, ...fourValues(made) });
      expect(answer.status).toBe(200);
      const { bearer, csrf, ...shown } = (await answer.json()) as Record<string, string>;
      expect(shown).toEqual({
        accountId,
        username,
        role: "Agent",
        expiresAt: expect.stringMatching(/^\d{4}-/),
      });
      const cookie = answer.headers.get("Set-Cookie") ?? "";
      expect(cookie).toMatch(/^oauth1-bot=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
      const Cookie = cookie.split(";")[0] ?? "";

      const session = `${origin}/api/account/${accountId}/session`;
      for (const headers of [{ Authorization: `Bearer ${bearer}` }, { Cookie }]) {
        expect(await (await fetch(session, { headers: headers as never })).json()).toEqual(shown);
      }
      const logout = (headers: Record<string, string>) =>
        fetch(`${origin}/api/account/${accountId}/logout`, { method: "POST", headers });
      expect((await logout({ Cookie })).status).toBe(403);
      expect((await logout({ Cookie, "X-CSRF-Token": csrf ?? "" })).status).toBe(204);
      const ended = await fetch(session, { headers: { Authorization: `Bearer ${bearer}` } });
      expect(ended.status).toBe(401);
    });

    it("accepts a signature instead of the values", async () => {
      const { accountId, username, made } = await freshKey(LOGIN);
      const path = `/api/account/${accountId}/login?v=1.3`;
      const body = JSON.stringify({ username });
      expect((await signed(made, "POST", path, {}, body)).status).toBe(200);
      expect((await signed(made, "POST", path, { transmission: "query" }, body)).status).toBe(200);
      const both = JSON.stringify({ username, ...fourValues(made) });
      expect((await signed(made, "POST", path, {}, both)).status).toBe(400);
    });

    it("requires the body hash if it is signed, which protects the user name", async () => {
      const { accountId, actor, username, made } = await freshKey(LOGIN);
      const other = `other.${accountId}`;
      await createUser(opened.installation, accountId, actor, { username: other, role: "Agent" });
      const url = `${origin}/api/account/${accountId}/login?v=1.3`;
      const attempt = async (bodyHash: boolean, sent: string, type = "application/json") => {
        const headers = { "Content-Type": type };
        const body = JSON.stringify({ username });
        const { client, token } = made.credentials;
        const signer = createSigner({ client, token, bodyHash });
        const signedRequest = signer.sign({ method: "POST", url, headers, body });
        const answer = await fetch(url, {
          ...signedRequest,
          headers: {
            ...signedRequest.headers,
            "Content-Type": type,
          },
          body: sent,
        });
        return { status: answer.status, text: await answer.text() };
      };
      const [own, swapped] = [username, other].map((name) => JSON.stringify({ username: name }));
      for (const sent of [own, swapped] as string[]) {
        const answer = await attempt(false, sent);
        expect(answer.status).toBe(400);
        expect(answer.text).toContain("oauth_problem=parameter_absent");
      }
      for (const type of ["text/plain", "application/vnd.api+json", ""]) {
        expect((await attempt(false, swapped as string, type)).status, type).toBe(400);
      }
      expect((await attempt(true, swapped as string)).status).toBe(401);
      expect((await attempt(true, own as string)).status).toBe(200);
    });

    it("returns 403 over http unless insecure transport is allowed", async () => {
      const { accountId, username, made } = await freshKey(LOGIN);
      const path = `/api/account/${accountId}/login?v=1.3`;
      const right = JSON.stringify({ username, ...fourValues(made) });
      const send = async (publicOrigin: string, body: string, headers: object) => {
        const server = createApiKeysServer(opened.installation, { publicOrigin });
        const answer = await server.request(`http://keys.internal${path}`, {
          method: "POST",
          headers: { "Content-Type": "application/json", ...headers },
          body,
        });
        return { status: answer.status, text: await answer.text() };
      };
      const name = JSON.stringify({ username });
      for (const [publicOrigin, status] of [
        ["http://keys.example.com", 403],
        ["https://keys.example.com", 200],
      ] as const) {
        const signer = createSigner({ ...made.credentials, bodyHash: true });
        const signedRequest = signer.sign({
          method: "POST",
          url: publicOrigin + path,
          headers: { "Content-Type": "application/json" },
          body: name,
        });
        const bySignature = await send(publicOrigin, name, signedRequest.headers);
        expect(bySignature.status, publicOrigin).toBe(status);
        const byValues = await send(publicOrigin, right, {});
        expect(byValues.status, publicOrigin).toBe(status);
        if (status === 403) {
          expect(JSON.parse(byValues.text)).toMatchObject({ code: "https_required" });
          expect(bySignature.text).toContain("https_required");
        }
      }
    });

    it("returns 403 and names the permission if the key lacks User Login", async () => {
      const { accountId, username, made } = await freshKey(USERS);
      const path = `/api/account/${accountId}/login?v=1.3`;
      for (const answer of [
        await login(accountId, { username, ...fourValues(made) }),
        await signed(made, "POST", path, {}, JSON.stringify({ username })),
      ]) {
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({
          missingPermission: { id: "user-login", name: "User Login" },
        });
      }
    });

    it("returns the same 401 for a wrong account, agent and value", async () => {
      const { accountId, actor, username, made } = await freshKey(LOGIN);
      const other = await freshKey(LOGIN);
      const right = { username, ...fourValues(made) };
      const answers = [
        await login(other.accountId, right),
        await login("nothing", right),
        await login(accountId, { ...right, username: other.username }),
        await login(accountId, { ...right, username: actor.name }), // an administrator
        await login(accountId, { ...right, username: "nobody" }),
        await login(accountId, { ...right, appKey: "0".repeat(32) }),
        await login(accountId, { ...right, secret: right.accessTokenSecret }),
        await login(accountId, { ...right, accessToken: other.made.credentials.token.identifier }),
        await login(accountId, { ...right, accessTokenSecret: "x" }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(401));
      expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
      expect((await login(accountId, right)).status).toBe(200);
    });

    it("returns 400 for a malformed query or body", async () => {
      const { accountId, username, made } = await freshKey(LOGIN);
      const right = { username, ...fourValues(made) };
      for (const [body, query] of [
        [right, ""],
        [right, "?v=1.2"],
        ["{", "?v=1.3"],
        [{ ...right, username: "" }, "?v=1.3"],
        [{ ...right, more: "x" }, "?v=1.3"],
        [{ username, appKey: right.appKey }, "?v=1.3"],
      ] as const) {
        const answer = await login(accountId, body, query);
        expect(answer.status, query).toBe(400);
        expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
      }
    });

    it("returns 429 with Retry-After: 5 for too many requests", async () => {
      const { accountId } = await freshKey(LOGIN);
      const attempts = await Promise.all(
        Array.from({ length: 60 }, () =>
          login(accountId, "{", "?v=1.3", { "X-Test-Address": `${name} often` }),
        ),
      );
      const rejected = attempts.filter(({ status }) => status === 429);
      expect(rejected.length).toBeGreaterThanOrEqual(1);
      expect(rejected[0]?.headers.get("Retry-After")).toBe("5");
    });

    it("ends the session when the key is disabled or loses User Login", async () => {
      const { accountId, actor, username, made } = await freshKey(LOGIN);
      const answer = await login(accountId, { username, ...fourValues(made) });
      const { bearer } = (await answer.json()) as { bearer: string };
      const statusOf = async () =>
        (
          await fetch(`${origin}/api/account/${accountId}/session`, {
            headers: { Authorization: `Bearer ${bearer}` },
          })
        ).status;
      expect(await statusOf()).toBe(200);
      await setEnabled(opened.installation, accountId, actor, made.key.id, false);
      expect(await statusOf()).toBe(401);
      await setEnabled(opened.installation, accountId, actor, made.key.id, true);
      await editKey(opened.installation, accountId, actor, made.key.id, USERS);
      expect(await statusOf()).toBe(401);
    });
  });

  it("the base URI lookup returns the host of a service", async () => {
    const { accountId } = await freshAccount(opened.installation);
    const lookUp = (service: string, query = "?version=1.0", account = accountId) =>
      fetch(`${origin}/api/account/${account}/service/${service}/baseURI.json${query}`);
    expect(await (await lookUp("agentVep")).json()).toEqual({
      service: "agentVep",
      account: accountId,
      baseURI: new URL(origin).host,
    });
    expect((await lookUp("nothing")).status).toBe(404);
    expect((await lookUp("agentVep", "?version=1.0", "nobody")).status).toBe(404);
    expect((await lookUp("agentVep", "")).status).toBe(400);
  });

  it("the base URI lookup is not cached, and ignores the Host header if publicOrigin is set", async () => {
    const { accountId } = await freshAccount(opened.installation);
    const lookUp = async (options: object, headers: Record<string, string>) => {
      const server = createApiKeysServer(opened.installation, {
        addressOf: () => "10.0.0.1",
        ...options,
      });
      const path = `/api/account/${accountId}/service/agentVep/baseURI.json?version=1.0`;
      // @hono/node-server takes the request's URL from its Host header.
      const answer = await server.request(`http://forged.example${path}`, { headers });
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      return ((await answer.json()) as { baseURI: string }).baseURI;
    };
    const forwarded = { "X-Forwarded-Host": "forged.example" };
    const trustedProxies = { addresses: ["10.0.0.1"], fields: ["x-forwarded-host"] };
    const publicOrigin = "https://keys.example.com";
    expect(await lookUp({}, {})).toBe("forged.example");
    expect(await lookUp({ publicOrigin }, forwarded)).toBe("keys.example.com");
    expect(await lookUp({ publicOrigin, trustedProxies }, forwarded)).toBe("keys.example.com");
    const real = { "X-Forwarded-Host": "keys.example.com" };
    expect(await lookUp({ trustedProxies }, real)).toBe("keys.example.com");
  });
});

async function listen(fetch: Parameters<typeof createAdaptorServer>[0]["fetch"]) {
  const listener = createAdaptorServer({ fetch, createServer }) as Server;
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  return { listener, origin: `http://127.0.0.1:${port}` };
}
