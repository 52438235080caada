// The addresses from which a key can be used, and its end.
import { BlockList } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createUser, readAudit } from "../src/admin.js";
import {
  createApiKeysServer,
  editKey,
  isAllowedAddress,
  keyCredentialStore,
  readCalls,
  readKey,
} from "../src/index.js";
import { canonicalAddress } from "../src/keys/allowed-addresses.js";
import { ORIGIN, signedIn } from "./browser.js";
import { onBothDatabases, WEATHER_BOT } from "./installations.js";
import { passTime } from "./pass-time.js";
import { type CallingKey, call, callingKey, startServer } from "./signed-calls.js";

const LOGIN = { category: "agent-interactions", permissions: ["user-login"] };
const HOUR = 3_600_000;

describe("an allowed address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["192.0.2.7/32", "192.0.2.7"],
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:0207", "192.0.2.7"],
    ["::ffff:10.1.2.3/104", "10.0.0.0/8"],
    ["::ffff:10.1.2.3/95", "::fffe:0:0/95"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8::1/32", "2001:db8::/32"],
    ["::/0", "::/0"],
  ])("%s is stored as %s", (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
    expect(canonicalAddress(canonical)).toBe(canonical);
  });

  it.each([
    "",
    "example.com",
    "10.1",
    "010.0.0.1",
    "0x7f.0.0.1",
    "2130706433",
    "::ffff:010.0.0.1",
    "256.0.0.1",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "2001:db8::/129",
    "fe80::1%eth0",
    "1::2::3",
    " 10.0.0.1",
    "10.0.0.1-10.0.0.9",
  ])("%j is rejected", (text) => {
    expect(canonicalAddress(text)).toBeUndefined();
  });

  it("matches the same addresses as node:net", () => {
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4().map((v4) => `::ffff:${v4}`),
    );
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), address, (range, length, client) => {
        const family = range.includes(":") ? "ipv6" : "ipv4";
        const bits = Math.min(length, family === "ipv6" ? 128 : 32);
        const canonical = canonicalAddress(`${range}/${bits}`);
        // fast-check also makes forms that are rejected, such as octal numbers.
        fc.pre(canonical !== undefined);
        const list = new BlockList();
        list.addSubnet(range, bits, family);
        const mapped = /^::ffff:([\d.]+)$/.exec(client)?.[1] ?? client;
        fc.pre(!/(?:^|\.)0\d/.test(mapped));
        const clientFamily = mapped.includes(":") ? "ipv6" : "ipv4";
        // node:net also finds IPv4 addresses in ranges such as ::/0. Here these are of IPv6 only.
        const isInRange = family === clientFamily && list.check(mapped, clientFamily);
        expect(isAllowedAddress([canonical], client)).toBe(isInRange);
      }),
    );
  });

  it("does not match an unknown or malformed address", () => {
    expect(isAllowedAddress(["0.0.0.0/0", "::/0"], undefined)).toBe(false);
    expect(isAllowedAddress(["0.0.0.0/0", "::/0"], "unknown")).toBe(false);
  });
});

onBothDatabases((opened) => {
  let server: { origin: string; close: () => void };
  let origin = "";
  beforeAll(async () => {
    server = await startServer(opened.installation);
    origin = server.origin;
  });
  afterAll(() => server?.close());

  const from = (address: string) => ({ headers: { "X-Test-Address": address } });

  async function botOf(key: CallingKey) {
    const username = `bot.${key.accountId}`;
    await createUser(opened.installation, key.accountId, key.actor, { username, role: "Agent" });
    const { client, token } = key.credentials;
    const login = (address: string) =>
      fetch(`${origin}/api/account/${key.accountId}/login?v=1.3`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Test-Address": address },
        body: JSON.stringify({
          username,
          appKey: client.identifier,
          secret: client.sharedSecret,
          accessToken: token.identifier,
          accessTokenSecret: token.sharedSecret,
        }),
      });
    const session = (bearer: string, address: string) =>
      fetch(`${origin}/api/account/${key.accountId}/session`, {
        headers: { Authorization: `Bearer ${bearer}`, "X-Test-Address": address },
      });
    return { login, session };
  }

  describe("a key with allowed addresses", () => {
    it("is rejected from other addresses with 403 and the address, after the signature is verified", async () => {
      const key = await callingKey(opened.installation, {
        allowedAddresses: ["192.0.2.0/24", "2001:db8::/32"],
      });
      for (const address of ["192.0.2.200", "::ffff:192.0.2.1", "2001:db8:1::1"]) {
        expect((await call(origin, key, from(address))).status).toBe(200);
      }
      const rejected = await call(origin, key, from("198.51.100.9"));
      expect(rejected.status).toBe(403);
      expect(await rejected.json()).toMatchObject({
        code: "address_not_allowed",
        detail: expect.stringContaining("198.51.100.9"),
      });
      const wrong = { ...key.credentials.client, sharedSecret: "wrong" };
      const unsigned = await call(origin, key, {
        ...from("198.51.100.9"),
        signer: { client: wrong },
      });
      expect(unsigned.status).toBe(401);
    });

    it("is checked against the address that trusted proxies report, and no other", async () => {
      const key = await callingKey(opened.installation, { allowedAddresses: ["192.0.2.7"] });
      const proxied = await startServer(opened.installation, {
        trustedProxies: { addresses: ["10.0.0.1"], fields: ["x-forwarded-for"] },
      });
      const statusOf = async (peer: string, forwardedFor: string) => {
        const headers = { "X-Test-Address": peer, "X-Forwarded-For": forwardedFor };
        return (await call(proxied.origin, key, { headers })).status;
      };
      expect(await statusOf("10.0.0.1", "192.0.2.7")).toBe(200);
      expect(await statusOf("10.0.0.1", "192.0.2.7, 198.51.100.9")).toBe(403);
      expect(await statusOf("198.51.100.9", "192.0.2.7")).toBe(403);
      expect(await statusOf("10.0.0.1", "198.51.100.9")).toBe(403);
      proxied.close();
    });

    it("signs bots in from these addresses only, and their sessions work there only", async () => {
      const key = await callingKey(opened.installation, {
        ...LOGIN,
        allowedAddresses: ["192.0.2.7"],
      });
      const { login, session } = await botOf(key);
      expect((await login("198.51.100.9")).status).toBe(403);
      const answer = await login("192.0.2.7");
      expect(answer.status).toBe(200);
      const { bearer } = (await answer.json()) as { bearer: string };
      expect((await session(bearer, "192.0.2.7")).status).toBe(200);
      expect((await session(bearer, "198.51.100.9")).status).toBe(403);
    });

    it("is edited by the API: the addresses are canonical and unique, and the audit log gets an entry", async () => {
      const api = createApiKeysServer(opened.installation, {
        publicOrigin: ORIGIN,
        addressOf: () => "192.0.2.77",
      });
      const page = await signedIn(api, opened);
      const made = await page.send("POST", "/api/console/keys", WEATHER_BOT);
      expect(made.body.key).toMatchObject({
        allowedAddresses: [],
        expiresAt: null,
        lastUsedAt: null,
      });
      const path = `/api/console/keys/${made.body.key.id}`;
      const edited = await page.send("PATCH", path, {
        allowedAddresses: ["10.1.2.3/8", "::ffff:10.9.9.9/104", "2001:DB8::1"],
      });
      expect(edited.body.allowedAddresses).toEqual(["10.0.0.0/8", "2001:db8::1"]);
      const rejected = await page.send("PATCH", path, { allowedAddresses: ["10.0.0.1", "10.1"] });
      expect(rejected.status).toBe(422);
      expect(rejected.body.errors).toEqual([
        { path: "/allowedAddresses/1", message: expect.stringContaining("must be an IP address") },
      ]);
      const many = Array.from({ length: 51 }, (_, at) => `10.0.0.${at}`);
      expect((await page.send("PATCH", path, { allowedAddresses: many })).status).toBe(422);
      const { entries } = await readAudit(opened.installation, page.accountId, {
        keyId: made.body.key.id,
      });
      expect(entries[0]).toMatchObject({
        action: "key edited",
        before: { allowedAddresses: [] },
        after: { allowedAddresses: ["10.0.0.0/8", "2001:db8::1"] },
      });
      expect((await page.send("PATCH", path, { allowedAddresses: [] })).body).toMatchObject({
        allowedAddresses: [],
      });
    });
  });

  describe("a key with an end", () => {
    const in1Hour = () => new Date(Date.now() + HOUR).toISOString();

    it("works until then, and is rejected with token_expired within 5 seconds", async () => {
      const key = await callingKey(opened.installation, { expiresAt: in1Hour() });
      const bot = await callingKey(opened.installation, { ...LOGIN, expiresAt: in1Hour() });
      const { login, session } = await botOf(bot);
      const { bearer } = (await (await login("192.0.2.1")).json()) as { bearer: string };
      expect((await session(bearer, "192.0.2.1")).status).toBe(200);
      expect((await call(origin, key)).status).toBe(200);
      try {
        opened.skew = HOUR + 1000;
        passTime(5000);
        const rejected = await call(origin, key);
        expect(await rejected.text()).toBe("oauth_problem=token_expired");
        expect((await login("192.0.2.1")).status).toBe(401);
        expect((await session(bearer, "192.0.2.1")).status).toBe(401);

        const { client, token } = key.credentials;
        const store = keyCredentialStore(opened.installation);
        expect(await store.find(client.identifier, undefined)).toMatchObject({
          client: { status: "rejected" },
        });
        expect(await store.find(client.identifier, token.identifier)).toMatchObject({
          client: { status: "enabled" },
          token: { status: "expired" },
        });
        // Its other fields can still be edited, and a new end makes it work again.
        const { accountId, actor } = key;
        const edit = (change: object) =>
          editKey(opened.installation, accountId, actor, key.key.id, change);
        expect(await edit({ description: "Ended" })).toMatchObject({
          expiresAt: key.key.expiresAt,
        });
        await edit({ expiresAt: null });
        passTime(5000);
        expect((await call(origin, key)).status).toBe(200);
      } finally {
        opened.skew = 0;
      }
    });

    it("must get an end in the future, in any time zone", async () => {
      await expect(
        callingKey(opened.installation, { expiresAt: "2020-01-01T00:00:00Z" }),
      ).rejects.toMatchObject({
        code: "ERR_INPUT",
        faults: [{ path: "/expiresAt", message: "must be in the future" }],
      });
      const key = await callingKey(opened.installation, { expiresAt: "2990-01-01T00:00:00+02:00" });
      const { accountId, actor } = key;
      expect(key.key.expiresAt).toBe("2989-12-31T22:00:00.000Z");
      const edit = (change: object) =>
        editKey(opened.installation, accountId, actor, key.key.id, change);
      for (const expiresAt of ["2020-01-01T00:00:00Z", "tomorrow", "2990-02-30T00:00:00Z", 5, ""]) {
        await expect(edit({ expiresAt })).rejects.toMatchObject({ code: "ERR_INPUT" });
      }
      expect(await readKey(opened.installation, accountId, key.key.id)).toEqual(key.key);
      await edit({ expiresAt: "2991-01-01T00:00:00Z" });
      const { entries } = await readAudit(opened.installation, accountId, { keyId: key.key.id });
      expect(entries[0]).toMatchObject({
        before: { expiresAt: "2989-12-31T22:00:00.000Z" },
        after: { expiresAt: "2991-01-01T00:00:00.000Z" },
      });
      expect(entries[1]).toMatchObject({
        action: "key created",
        after: { expiresAt: "2989-12-31T22:00:00.000Z", allowedAddresses: [] },
      });
    });
  });

  it("a call from another address is recorded as rejected, with the reason", async () => {
    const closing: (() => Promise<void>)[] = [];
    const installation = {
      ...opened.installation,
      beforeClose: (task: () => Promise<void>) => void closing.push(task),
    };
    const recording = await startServer(installation);
    const key = await callingKey(installation, { allowedAddresses: ["192.0.2.7"] });
    expect((await call(recording.origin, key, from("198.51.100.9"))).status).toBe(403);
    recording.close();
    await Promise.all(closing.map((task) => task()));
    expect(await readCalls(installation, key.accountId, key.key.id)).toMatchObject([
      {
        status: 403,
        verified: false,
        problem: "address_not_allowed",
        explanation: expect.stringContaining("198.51.100.9"),
      },
    ]);
  });
});
