// Connected applications: their administration, and the tokens that users grant them (RFC 5849 §2).
import { randomUUID } from "node:crypto";
import {
  authorizationUrl,
  readAuthorizationCallback,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { createSigner } from "@oauth1/signer";
import pg from "pg";
import { describe, expect, it } from "vitest";
import {
  addEncryptionKey,
  keyFileOf,
  keyRingFromFile,
  readAudit,
  reencryptSecrets,
} from "../src/admin.js";
import { createApiKeysServer, type Installation, openInstallation } from "../src/index.js";
import { type Browser, browser, ORIGIN, PASSWORD, signedIn } from "./browser.js";
import { freshDatabase, type Opened, onBothDatabases } from "./installations.js";
import { passTime } from "./pass-time.js";

const PRINTER = {
  applicationName: "Printer",
  developerName: "Example Printers",
  access: ["See your photos"],
  callbacks: ["http://printer.example.com/ready", "oob"],
};
const CALLBACK = "http://printer.example.com/ready";

interface Credentials {
  readonly identifier: string;
  readonly sharedSecret: string;
}

onBothDatabases((opened, name) => {
  // Each server sees its own client address, so that tests do not share rate limits.
  let addresses = 0;
  function serverOf(installation: Installation, options = {}) {
    const address = `192.0.2.${addresses++}`;
    return createApiKeysServer(installation, {
      publicOrigin: ORIGIN,
      addressOf: () => address,
      allowInsecureTransport: true,
      ...options,
    });
  }

  /** An administrator, and the steps of an application. */
  async function start(
    fields: object = PRINTER,
    options = {},
    { installation }: Pick<Opened, "installation"> = opened,
  ) {
    const server = serverOf(installation, options);
    const admin = await signedIn(server, { ...opened, installation });
    const made = await admin.send("POST", "/api/console/applications", fields);
    expect(made.status).toBe(201);
    const path = `/api/console/applications/${made.body.application.id}`;
    const client: Credentials = made.body.credentials.client;
    const fetch = ((url: string, init: RequestInit) =>
      server.request(url, init)) as typeof globalThis.fetch;
    const begin = (callback = CALLBACK, as = client) =>
      requestTemporaryCredentials(`${ORIGIN}/oauth/initiate`, {
        client: as,
        callback,
        fetch,
        allowInsecureTransport: true,
      });
    const exchange = (temporaryCredentials: Credentials, verifier: string, as = client) =>
      requestTokenCredentials(`${ORIGIN}/oauth/token`, {
        ...{ client: as, temporaryCredentials, verifier, fetch, allowInsecureTransport: true },
      });

    /** Opens the consent page with the browser's session. */
    const open = (page: Pick<Browser, "cookie">, temporary: Credentials) =>
      server.request(authorizationUrl(`${ORIGIN}/oauth/authorize`, temporary), {
        headers: { Cookie: page.cookie },
      });
    async function allow(page: Pick<Browser, "cookie">, temporary: Credentials) {
      const html = await (await open(page, temporary)).text();
      const [, action = ""] = /action="([^"]+)"/.exec(html) ?? [];
      const fieldsOfForm = [...html.matchAll(/name="(\w+)" value="([^"]*)">$/gm)].map(
        ([, field = "", value = ""]) => [field, value],
      );
      return server.request(`${ORIGIN}${action.replaceAll("&#38;", "&")}`, {
        method: "POST",
        headers: { Cookie: page.cookie },
        body: new URLSearchParams([...fieldsOfForm, ["decision", "approve"]]),
      });
    }
    async function granted(page: Pick<Browser, "cookie"> = admin): Promise<Credentials> {
      const temporary = await begin();
      const returned = (await allow(page, temporary)).headers.get("Location") ?? "";
      return exchange(temporary, readAuthorizationCallback(returned, temporary).verifier);
    }
    async function whoami(
      token: Credentials | undefined,
      as: object = client,
      extra = {},
      accountId = admin.accountId,
    ) {
      const url = `${ORIGIN}/api/account/${accountId}/whoami`;
      const signed = createSigner({ client: as, ...(token && { token }), ...extra } as never).sign({
        method: "GET",
        url,
      });
      const response = await server.request(url, { headers: signed.headers as HeadersInit });
      const text = await response.text();
      return response.status === 200
        ? JSON.parse(text)
        : `${response.status} ${new URLSearchParams(text).get("oauth_problem") ?? text}`;
    }
    return {
      server,
      admin,
      made: made.body,
      path,
      client,
      begin,
      exchange,
      open,
      allow,
      granted,
      whoami,
    };
  }

  /** Another member of the administrator's account. */
  async function member(server: ReturnType<typeof serverOf>, admin: Browser, role = "Viewer") {
    const username = `member-${randomUUID()}`;
    const { body } = await admin.send("POST", "/api/console/users", { username, role });
    const page = browser(server);
    const { token } = body.link;
    await page.send("POST", "/api/console/password", { token, password: PASSWORD });
    return Object.assign(page, { username, userId: body.user.id as string });
  }

  const entriesOf = async (accountId: string) =>
    (await readAudit(opened.installation, accountId, {})).entries.filter(
      ({ application }) => application !== null,
    );

  describe("the administration of applications", () => {
    it("registers, lists, edits, disables and enables an application, with an audit entry each", async () => {
      const { admin, made, path, client } = await start();
      expect(made.application).toMatchObject({
        ...PRINTER,
        signatureMethods: ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"],
        enabled: true,
        client: { identifier: client.identifier },
        oldSecretExpiresAt: null,
        version: 1,
      });
      expect(client.identifier).toMatch(/^[0-9a-f]{32}$/);
      expect(client.sharedSecret).toMatch(/^[0-9a-f]{64}$/);
      expect((await admin.send("GET", "/api/console/applications")).body).toEqual({
        applications: [made.application],
        limit: { used: 1, maximum: 100 },
      });
      const change = { callbacks: ["oob", "oob"], version: 1 };
      const edited = await admin.send("PATCH", path, change);
      expect(edited.body).toMatchObject({ ...PRINTER, callbacks: ["oob"], version: 2 });
      // Somebody else has changed it since.
      expect(await admin.send("PATCH", path, { applicationName: "P", version: 1 })).toMatchObject({
        status: 409,
        body: { code: "stale" },
      });
      expect((await admin.send("PATCH", path, { callbacks: ["oob"] })).body.version).toBe(2);
      expect((await admin.send("POST", `${path}/disable`)).body.enabled).toBe(false);
      expect((await admin.send("POST", `${path}/disable`)).body.version).toBe(3);
      expect((await admin.send("POST", `${path}/enable`)).body).toEqual(
        (await admin.send("GET", path)).body,
      );
      const entries = await entriesOf(admin.accountId);
      expect(entries.map(({ action, before, after }) => [action, before, after])).toEqual([
        ["application enabled", { enabled: false }, { enabled: true }],
        ["application disabled", { enabled: true }, { enabled: false }],
        ["application edited", { callbacks: PRINTER.callbacks }, { callbacks: ["oob"] }],
        [
          "application registered",
          null,
          { ...PRINTER, signatureMethods: ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"] },
        ],
      ]);
      const { id, applicationName } = made.application;
      for (const entry of entries) {
        expect(entry.actor.name).toBe(admin.username);
        expect(entry.address).toMatch(/^192\.0\.2\.\d+$/);
        expect(entry.application).toEqual({ id, name: applicationName });
      }
      const filtered = await admin.send("GET", `/api/console/audit?applicationId=${id}`);
      expect(filtered.body.total).toBe(4);
      expect((await admin.send("GET", "/api/console/audit/choices")).body.applications).toEqual([
        { id, name: applicationName },
      ]);
      const csv = await admin.send("GET", `/api/console/audit.csv?applicationId=${id}`);
      expect(csv.text).toContain(`application enabled,,,,,Printer,${id},`);
    });

    it("shows the same secret again for the same Idempotency-Key, and stores no secret in plain text", async () => {
      const { admin, path, client } = await start();
      const headers = { "Idempotency-Key": randomUUID() };
      const send = (body: object, to = "/api/console/applications") =>
        admin.send("POST", to, body, headers);
      const [first, second] = await Promise.all([send(PRINTER), send(PRINTER)]);
      expect(second.body).toEqual(first.body);
      expect((await send({ ...PRINTER, applicationName: "Other" })).body.code).toBe(
        "idempotency_key_reused",
      );
      expect((await admin.send("GET", "/api/console/applications")).body.limit.used).toBe(2);
      const generated = await admin.send("POST", `${path}/secret`, {}, { "Idempotency-Key": "a" });
      const again = await admin.send("POST", `${path}/secret`, {}, { "Idempotency-Key": "a" });
      expect(again.body).toEqual(generated.body);
      expect(generated.body.credentials.client.sharedSecret).not.toBe(client.sharedSecret);
      const dump: unknown[] = [];
      for (const table of [
        "application_secrets",
        "applications",
        "audit_log",
        "idempotent_requests",
      ]) {
        dump.push((await opened.installation.client.query(`select * from ${table}`, [])).rows);
      }
      for (const { body } of [first, generated]) {
        expect(JSON.stringify(dump)).not.toContain(body.credentials.client.sharedSecret);
      }
      // The remembered secret has ended.
      await admin.send("POST", `${path}/secret`, { overlapSeconds: 0 });
      await admin.send("POST", `${path}/secret`, { overlapSeconds: 0 });
      const ended = await admin.send("POST", `${path}/secret`, {}, { "Idempotency-Key": "a" });
      expect([ended.status, ended.body.code]).toEqual([422, "idempotency_key_reused"]);
    });

    it("rejects wrong fields, and an application beyond the limit", async () => {
      const { admin, made } = await start();
      const faults = async (fields: object) =>
        (
          await admin.send("POST", "/api/console/applications", { ...PRINTER, ...fields })
        ).body.errors.map(({ path }: { path: string }) => path);
      for (const callback of ["javascript:alert(1)", "/ready", "OOB", "http://a b", ""]) {
        expect(await faults({ callbacks: [CALLBACK, callback] })).toEqual(["/callbacks/1"]);
      }
      expect(await faults({ callbacks: [] })).toEqual(["/callbacks"]);
      expect(await faults({ signatureMethods: ["RSA-SHA1"] })).toEqual(["/signatureMethods/0"]);
      expect(await faults({ applicationName: " x", access: ["a\nb"] })).toEqual([
        "/applicationName",
        "/access/0",
      ]);
      await opened.installation.client.query(
        `insert into applications select gen_random_uuid(), account_id, application_name,
           developer_name, access, callbacks, signature_methods, enabled,
           md5(random()::text), version, created_at, edited_at
         from applications, generate_series(1, 99) where id = $1`,
        [made.application.id],
      );
      const beyond = await admin.send("POST", "/api/console/applications", PRINTER);
      expect([beyond.status, beyond.body.code]).toEqual([409, "application_limit"]);
      await expect(
        opened.installation.client.query("delete from applications where id = $1", [
          made.application.id,
        ]),
      ).rejects.toThrow("is not allowed");
    });
  });

  describe("a token of an application", () => {
    it("works in its own account only", async () => {
      const { granted, whoami, client } = await start();
      const token = await granted();
      expect(await whoami(token, client, {}, randomUUID())).toMatch(/^403 .*account_mismatch/);
      expect(await whoami(token, client, {}, "a%00b")).toMatch(/^400 /);
    });

    it("works for the user who granted it, and is in the audit log", async () => {
      const { server, admin, granted, whoami, client, path } = await start();
      const jane = await member(server, admin);
      const token = await granted(jane);
      expect(await whoami(token)).toEqual({
        account: admin.accountId,
        user: { id: jane.userId, username: jane.username, role: "Viewer" },
        application: { name: "Printer", client: client.identifier },
      });
      expect((await entriesOf(admin.accountId))[0]).toMatchObject({
        action: "access granted",
        actor: { id: jane.userId, name: jane.username },
        user: { id: jane.userId },
        application: { name: "Printer" },
      });
      const { tokens, next } = (await admin.send("GET", `${path}/tokens`)).body;
      expect(next).toBeNull();
      expect(tokens).toEqual([
        {
          identifier: token.identifier,
          createdAt: expect.any(String),
          user: { id: jane.userId, name: jane.username, enabled: true },
        },
      ]);
      expect((await jane.send("GET", "/api/console/tokens")).body.tokens).toMatchObject([
        { identifier: token.identifier, application: { name: "Printer", enabled: true } },
      ]);
      expect((await admin.send("GET", "/api/console/tokens")).body.tokens).toEqual([]);
    });

    it("stops after its user or an administrator has revoked it", async () => {
      const { server, admin, granted, whoami, path } = await start();
      const jane = await member(server, admin);
      const [one, other] = [await granted(jane), await granted(jane)];
      // Nobody else's token.
      const own = `/api/console/tokens/${one.identifier}`;
      expect((await admin.send("DELETE", own)).status).toBe(404);
      expect((await jane.send("DELETE", own)).status).toBe(204);
      expect((await jane.send("DELETE", own)).status).toBe(404);
      expect(await whoami(one)).toBe("401 signature_invalid");
      expect(await whoami(other)).toMatchObject({ account: admin.accountId });
      expect((await admin.send("DELETE", `${path}/tokens/${other.identifier}`)).status).toBe(204);
      expect(await whoami(other)).toBe("401 signature_invalid");
      const entries = (await entriesOf(admin.accountId)).slice(0, 2);
      expect(entries.map(({ action, actor, user }) => [action, actor.name, user?.name])).toEqual([
        ["access revoked", admin.username, jane.username],
        ["access revoked", jane.username, jane.username],
      ]);
    });

    it("stops within 5 seconds in another process, and if its user or application is disabled", async () => {
      const { server, admin, granted, whoami, path } = await start();
      const jane = await member(server, admin);
      const [token, revoked] = [await granted(jane), await granted(jane)];
      for (const each of [token, revoked]) expect(await whoami(each)).toHaveProperty("user");
      const elsewhere = Object.assign(browser(serverOf(opened.installation)), {
        cookie: admin.cookie,
        csrfToken: admin.csrfToken,
      });
      const within5Seconds = async (used: Credentials, expected: unknown) => {
        passTime(5000);
        expect(await whoami(used)).toEqual(expected);
      };
      await elsewhere.send("DELETE", `${path}/tokens/${revoked.identifier}`);
      await within5Seconds(revoked, "401 signature_invalid");
      const user = `/api/console/users/${jane.userId}`;
      await elsewhere.send("PATCH", user, { enabled: false });
      await within5Seconds(token, "401 token_rejected");
      await elsewhere.send("PATCH", user, { enabled: true });
      await within5Seconds(token, expect.objectContaining({ account: admin.accountId }));
      await elsewhere.send("POST", `${path}/disable`);
      await within5Seconds(token, "401 consumer_key_refused");
    });

    it("is signed with a method that the application may use, and with a current secret", async () => {
      const { hmacSha256 } = await import("@oauth1/signature-methods/hmac-sha256");
      const fields = { ...PRINTER, signatureMethods: ["HMAC-SHA1"] };
      const { admin, granted, whoami, client, path } = await start(fields);
      const token = await granted();
      expect(await whoami(token, client, { signatureMethod: hmacSha256 })).toBe(
        "400 signature_method_rejected",
      );
      const generate = async (body: object) =>
        (await admin.send("POST", `${path}/secret`, body)).body.credentials.client;
      const second = await generate({});
      for (const each of [client, second]) expect(await whoami(token, each)).toHaveProperty("user");
      const third = await generate({ overlapSeconds: 0 });
      for (const each of [client, second]) {
        expect(await whoami(token, each)).toBe("401 signature_invalid");
      }
      expect(await whoami(token, third)).toHaveProperty("user");
      expect(await whoami(undefined, third)).toBe("400 parameter_absent");
    });

    it("belongs to the account of its application", async () => {
      const { begin, open, allow, granted } = await start();
      const stranger = await signedIn(serverOf(opened.installation), opened);
      const temporary = await begin();
      const response = await open(stranger, temporary);
      expect(response.status).toBe(303);
      expect(response.headers.get("Location")).toBe(
        `/authorize?oauth_token=${temporary.identifier}&other_account=1`,
      );
      expect((await allow(stranger, temporary)).status).not.toBe(303);
      const other = await start();
      expect(await other.whoami(await granted())).toBe("401 signature_invalid");
    });

    it("is listed a page at a time, the newest first", async () => {
      const { admin, granted, path } = await start();
      const issued: string[] = [];
      for (let count = 0; count < 5; count++) issued.unshift((await granted()).identifier);
      const found: string[] = [];
      let next: string | null = "";
      while (next !== null) {
        const after = next && `&after=${encodeURIComponent(next)}`;
        const { body } = await admin.send("GET", `${path}/tokens?pageSize=2${after}`);
        found.push(...body.tokens.map(({ identifier }: Credentials) => identifier));
        next = body.next;
      }
      expect(found).toEqual(issued);
      expect((await admin.send("GET", `${path}/tokens?after=x`)).status).toBe(422);
    });
  });

  it("the consent page sends a user without a session to the page for signing in", async () => {
    const { begin, open } = await start(PRINTER, { publicOrigin: ORIGIN });
    const temporary = await begin();
    const response = await open({ cookie: "" }, temporary);
    expect(response.headers.get("Location")).toBe(`/authorize?oauth_token=${temporary.identifier}`);
  });

  it("the endpoints are below the public path", async () => {
    const server = serverOf(opened.installation, { publicPath: "/keys" });
    expect((await server.request(`${ORIGIN}/oauth`)).status).toBe(404);
    const page = await server.request(`${ORIGIN}/keys/oauth`);
    expect(await page.text()).toContain(`<code>${ORIGIN}/keys/oauth/initiate</code>`);
  });

  it("a source that sends too many requests gets 429", async () => {
    const server = serverOf(opened.installation);
    const send = () => server.request(`${ORIGIN}/oauth/initiate`, { method: "POST" });
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await send()).status),
    );
    expect(statuses.filter((status) => status === 401 || status === 400).length).toBe(50);
    expect(statuses.filter((status) => status === 429).length).toBe(10);
  });

  it("an encryption key rotation re-encrypts secrets of applications and tokens", async () => {
    const { granted, whoami } = await start();
    const token = await granted();
    addEncryptionKey(keyFileOf(opened.options.dataFolder));
    const keyRing = keyRingFromFile(keyFileOf(opened.options.dataFolder));
    expect(await reencryptSecrets({ ...opened.installation, keyRing })).toBeGreaterThanOrEqual(2);
    expect(await reencryptSecrets({ ...opened.installation, keyRing })).toBe(0);
    expect(await whoami(token)).toHaveProperty("user");
  });

  it.runIf(name === "PostgreSQL")("no request scans a table", async () => {
    const options = await freshDatabase();
    const url = new URL(options.databaseUrl ?? "");
    // Small tables are then scanned only if there is no index.
    url.searchParams.set("options", "-c enable_seqscan=off");
    // A connection reports its scans when it ends.
    await (await openInstallation({ ...options, databaseUrl: url.href })).close();
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const scans = async () => {
      const { rows } = await client.query(
        "select relname, seq_scan from pg_stat_user_tables where relname ~ 'applica|credentials|users'",
      );
      return Object.fromEntries(rows.map(({ relname, seq_scan }) => [relname, seq_scan]));
    };
    const before = await scans();
    expect(before).toHaveProperty("oauth1_token_credentials");
    const installation = await openInstallation({ ...options, databaseUrl: url.href });
    const { admin, granted, whoami, path } = await start(PRINTER, {}, { installation });
    const token = await granted();
    await whoami(token);
    for (const each of ["/api/console/applications", path, `${path}/tokens`, "/api/console/tokens"])
      expect((await admin.send("GET", each)).status).toBe(200);
    await admin.send("PATCH", path, { callbacks: ["oob"] });
    await admin.send("POST", `${path}/secret`, {});
    await admin.send("DELETE", `${path}/tokens/${token.identifier}`);
    await installation.close();
    expect(await scans()).toEqual(before);
    await client.end();
  });
});
