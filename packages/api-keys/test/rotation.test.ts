// The guarantees of a rotation: secrets work until the time that was shown, and a request that
// shows new secrets can be repeated if its response was lost.
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { describe, expect, it } from "vitest";
import { readAudit, reencryptSecrets } from "../src/admin.js";
import {
  createApiKeysServer,
  createKey,
  endOldSecrets,
  keyCredentialStore,
  listKeys,
  MAXIMUM_OLD_SECRETS,
  readKey,
  rotateSecrets,
} from "../src/index.js";
import { ORIGIN, signedIn } from "./browser.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

onBothDatabases((opened) => {
  /** Returns the client secrets and token secrets that the verifier accepts now. */
  async function working({ client, token }: Awaited<ReturnType<typeof createKey>>["key"]) {
    const found = await keyCredentialStore(opened.installation).find(
      client.identifier,
      token.identifier,
    );
    return { client: found.client?.sharedSecrets, token: found.token?.sharedSecrets };
  }
  const secretsOf = (shown: Awaited<ReturnType<typeof createKey>>[], part: "client" | "token") =>
    shown.map(({ credentials }) => credentials[part].sharedSecret);

  describe("a rotation", () => {
    it("keeps every promised secret until its time, also after a second rotation", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const first = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      const rotate = (overlapSeconds: number) =>
        rotateSecrets(opened.installation, accountId, actor, first.key.id, { overlapSeconds });
      const second = await rotate(DAY / 1000);
      opened.skew = HOUR;
      const third = await rotate(HOUR / 1000);
      expect(third.key.oldSecretsExpireAt).toEqual([
        expect.any(String),
        ...second.key.oldSecretsExpireAt,
      ]);
      for (const part of ["client", "token"] as const) {
        expect((await working(first.key))[part]).toEqual(secretsOf([third, second, first], part));
      }
      // The secrets of the second were promised for an hour, those of the first for a day.
      opened.skew = 2 * HOUR + 60_000;
      expect((await working(first.key)).client).toEqual(secretsOf([third, first], "client"));
      opened.skew = DAY - 60_000;
      expect((await working(first.key)).client).toEqual(secretsOf([third, first], "client"));
      opened.skew = DAY + 60_000;
      expect((await working(first.key)).client).toEqual(secretsOf([third], "client"));
      expect(
        (await readKey(opened.installation, accountId, first.key.id)).oldSecretsExpireAt,
      ).toEqual([]);
      opened.skew = 0;
    });

    it("without overlap ends the current secrets, but not those of earlier promises", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const first = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      await rotateSecrets(opened.installation, accountId, actor, first.key.id);
      const third = await rotateSecrets(opened.installation, accountId, actor, first.key.id, {
        overlapSeconds: 0,
      });
      expect((await working(first.key)).token).toEqual(secretsOf([third, first], "token"));
    });

    it("is rejected if the secrets of four earlier rotations still work", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      const rotate = (overlapSeconds?: number) =>
        rotateSecrets(opened.installation, accountId, actor, key.id, { overlapSeconds });
      for (let count = 0; count < MAXIMUM_OLD_SECRETS; count++) await rotate();
      const before = await working(key);
      expect(before.client).toHaveLength(MAXIMUM_OLD_SECRETS + 1);
      await expect(rotate()).rejects.toMatchObject({ code: "ERR_OLD_SECRETS_LIMIT" });
      expect(await working(key)).toEqual(before);
      await rotate(0);
      expect((await working(key)).client).toHaveLength(MAXIMUM_OLD_SECRETS + 1);
      await endOldSecrets(opened.installation, accountId, actor, key.id);
      await rotate();
    });
  });

  describe("endOldSecrets", () => {
    it("ends all old secrets, keeps the current ones, and adds an entry to the log", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      expect(await endOldSecrets(opened.installation, accountId, actor, key.id)).toEqual(key);
      await rotateSecrets(opened.installation, accountId, actor, key.id);
      const last = await rotateSecrets(opened.installation, accountId, actor, key.id);
      const ended = await endOldSecrets(opened.installation, accountId, actor, key.id);
      expect(ended).toMatchObject({ oldSecretsExpireAt: [], version: last.key.version + 1 });
      expect(await working(key)).toEqual({
        client: secretsOf([last], "client"),
        token: secretsOf([last], "token"),
      });
      const { entries } = await readAudit(opened.installation, accountId, { keyId: key.id });
      expect(entries).toHaveLength(4);
      expect(entries[0]).toMatchObject({
        action: "old secrets ended",
        actor,
        before: { oldSecretsExpireAt: last.key.oldSecretsExpireAt },
      });
      const other = await freshAccount(opened.installation);
      await expect(
        endOldSecrets(opened.installation, other.accountId, other.actor, key.id),
      ).rejects.toMatchObject({ code: "ERR_NOT_FOUND" });
    });
  });

  describe("an idempotency key", () => {
    it("returns the first response to a repeated request, secrets included", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const once = { idempotencyKey: "a1" };
      const create = () => createKey(opened.installation, accountId, actor, WEATHER_BOT, once);
      const made = await create();
      expect(await create()).toEqual(made);
      const rotate = () =>
        rotateSecrets(
          opened.installation,
          accountId,
          actor,
          made.key.id,
          {},
          { idempotencyKey: "a2" },
        );
      const rotated = await rotate();
      expect(await rotate()).toEqual(rotated);
      expect(await create()).toEqual(made);
      expect((await listKeys(opened.installation, accountId)).total).toBe(1);
      const { total } = await readAudit(opened.installation, accountId, { keyId: made.key.id });
      expect(total).toBe(2);
    });

    it("makes exactly one key of two and of ten concurrent requests", async () => {
      for (const requests of [2, 10]) {
        const { accountId, actor } = await freshAccount(opened.installation);
        const all = await Promise.all(
          Array.from({ length: requests }, () =>
            createKey(opened.installation, accountId, actor, WEATHER_BOT, { idempotencyKey: "b" }),
          ),
        );
        for (const each of all) expect(each).toEqual(all[0]);
        expect((await listKeys(opened.installation, accountId)).total).toBe(1);
        const key = all[0]?.key.id ?? "";
        const rotations = await Promise.all(
          Array.from({ length: requests }, () =>
            rotateSecrets(opened.installation, accountId, actor, key, {}, { idempotencyKey: "c" }),
          ),
        );
        for (const each of rotations) expect(each).toEqual(rotations[0]);
        expect((await readKey(opened.installation, accountId, key)).version).toBe(2);
      }
    });

    it("is rejected with another input or for another operation", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const once = { idempotencyKey: "d" };
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT, once);
      for (const reuse of [
        () =>
          createKey(
            opened.installation,
            accountId,
            actor,
            { ...WEATHER_BOT, applicationName: "Other" },
            once,
          ),
        () => rotateSecrets(opened.installation, accountId, actor, key.id, {}, once),
      ]) {
        await expect(reuse()).rejects.toMatchObject({ code: "ERR_IDEMPOTENCY_KEY" });
      }
      expect((await listKeys(opened.installation, accountId)).total).toBe(1);
    });

    it("does not give the secrets to another user", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const once = { idempotencyKey: "e" };
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT, once);
      const colleague = { id: (await freshAccount(opened.installation)).actor.id, name: "other" };
      const other = await createKey(opened.installation, accountId, colleague, WEATHER_BOT, once);
      expect(other.key.id).not.toBe(key.id);
    });

    it("expires after ten minutes, and is then deleted from the database", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const create = () =>
        createKey(opened.installation, accountId, actor, WEATHER_BOT, { idempotencyKey: "f" });
      const { key } = await create();
      opened.skew = 10 * 60_000 - 1000;
      expect((await create()).key.id).toBe(key.id);
      opened.skew = 10 * 60_000 + 1000;
      expect((await create()).key.id).not.toBe(key.id);
      const { rows } = await opened.installation.client.query(
        "select count(*)::int as n from idempotent_requests where expires_at < $1",
        [new Date(Date.now() + opened.skew)],
      );
      expect(rows).toEqual([{ n: 0 }]);
      opened.skew = 0;
    });

    it("is free again after a rejected request", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const create = (permission: string) =>
        createKey(
          opened.installation,
          accountId,
          actor,
          { ...WEATHER_BOT, permissions: [permission] },
          { idempotencyKey: "g" },
        );
      await expect(create("skills")).rejects.toMatchObject({ code: "ERR_INPUT" });
      await create("user-login");
    });

    it("stores no secret of its own, and works after the encryption key has changed", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const create = () =>
        createKey(opened.installation, accountId, actor, WEATHER_BOT, { idempotencyKey: "h" });
      const made = await create();
      const { rows } = await opened.installation.client.query(
        "select idempotent_requests::text as line from idempotent_requests",
        [],
      );
      const stored = JSON.stringify(rows);
      expect(stored).toContain(made.key.id);
      for (const { sharedSecret } of Object.values(made.credentials)) {
        expect(stored).not.toContain(sharedSecret);
      }
      await reencryptSecrets(opened.installation);
      expect(await create()).toEqual(made);
    });

    it("is rejected if the secrets of the first request have ended", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const create = () =>
        createKey(opened.installation, accountId, actor, WEATHER_BOT, { idempotencyKey: "i" });
      const { key } = await create();
      await rotateSecrets(opened.installation, accountId, actor, key.id);
      await endOldSecrets(opened.installation, accountId, actor, key.id);
      await expect(create()).rejects.toMatchObject({
        code: "ERR_IDEMPOTENCY_KEY",
        message: expect.stringContaining("its secrets have ended"),
      });
      expect((await listKeys(opened.installation, accountId)).total).toBe(1);
    });
  });

  describe("the header Idempotency-Key", () => {
    const serverOf = () =>
      createApiKeysServer(opened.installation, {
        publicOrigin: ORIGIN,
        addressOf: () => "192.0.2.200",
      });

    it("returns the response of a creation whose response was lost", async () => {
      const server = serverOf();
      const page = await signedIn(server, opened);
      const http = createServer(getRequestListener(server.fetch));
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      const cutter = await cuttingProxy(http);
      const send = (port: number) =>
        fetch(`http://127.0.0.1:${port}/api/console/keys`, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "Idempotency-Key": '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
            "X-CSRF-Token": page.csrfToken,
            Cookie: page.cookie,
            Origin: ORIGIN,
          },
          body: JSON.stringify(WEATHER_BOT),
        });
      try {
        // The server answers, but the connection breaks before the answer arrives.
        await expect(send(cutter.port)).rejects.toThrow();
        expect((await listKeys(opened.installation, page.accountId)).total).toBe(1);
        const again = await send((http.address() as AddressInfo).port);
        expect(again.status).toBe(201);
        const { key, credentials } = (await again.json()) as Awaited<ReturnType<typeof createKey>>;
        expect((await listKeys(opened.installation, page.accountId)).keys).toEqual([key]);
        expect((await working(key)).client).toEqual([credentials.client.sharedSecret]);
      } finally {
        cutter.close();
        http.closeAllConnections();
        http.close();
      }
    });

    it("is rejected with 422 for another body or if it is malformed", async () => {
      const page = await signedIn(serverOf(), opened);
      const send = (applicationName: string, idempotencyKey: string) =>
        page.send(
          "POST",
          "/api/console/keys",
          { ...WEATHER_BOT, applicationName },
          { "Idempotency-Key": idempotencyKey },
        );
      const [one, two] = await Promise.all([send("A", "k"), send("A", "k")]);
      expect([one.status, two.status]).toEqual([201, 201]);
      expect(two.body).toEqual(one.body);
      expect(await send("B", "k")).toMatchObject({
        status: 422,
        body: { code: "idempotency_key_reused" },
      });
      for (const wrong of ["two words", "x".repeat(256)]) {
        expect(await send("A", wrong)).toMatchObject({
          status: 422,
          body: { code: "invalid_input", errors: [{ path: "idempotency-key" }] },
        });
      }
    });
  });
});

/** Forwards a request to a server, and breaks the connection when the response comes. */
async function cuttingProxy(server: Server): Promise<{ port: number; close: () => void }> {
  const { port } = server.address() as AddressInfo;
  const proxy = createTcpServer((incoming: Socket) => {
    const outgoing = connect(port, "127.0.0.1");
    incoming.pipe(outgoing);
    outgoing.once("data", () => {
      incoming.destroy();
      outgoing.destroy();
    });
    for (const socket of [incoming, outgoing]) socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return { port: (proxy.address() as AddressInfo).port, close: () => proxy.close() };
}
