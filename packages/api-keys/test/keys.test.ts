import { describe, expect, it } from "vitest";
import { readAudit } from "../src/admin.js";
import {
  createKey,
  editKey,
  FIRST_START,
  listKeys,
  MAXIMUM_KEYS,
  readKey,
  rotateSecrets,
  SYSTEM,
  setEnabled,
} from "../src/index.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";

onBothDatabases((opened) => {
  describe("createKey", () => {
    it("generates four random values: identifiers of 32 hex digits, secrets of 256 bits", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const made = await Promise.all(
        Array.from({ length: 8 }, () =>
          createKey(opened.installation, accountId, actor, WEATHER_BOT),
        ),
      );
      const values = made.flatMap(({ credentials: { client, token } }) => {
        for (const { identifier, sharedSecret } of [client, token]) {
          expect(identifier).toMatch(/^[0-9a-f]{32}$/);
          expect(sharedSecret).toMatch(/^[0-9a-f]{64}$/);
        }
        return [client, token].flatMap((each) => [each.identifier, each.sharedSecret]);
      });
      expect(new Set(values).size).toBe(8 * 4);
    });

    it("returns the key without its secrets", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key, credentials } = await createKey(opened.installation, accountId, actor, {
        ...WEATHER_BOT,
        description: "Rain\nor sunshine",
      });
      expect(key).toEqual({
        id: expect.any(String),
        ...WEATHER_BOT,
        description: "Rain\nor sunshine",
        enabled: true,
        allowedAddresses: [],
        expiresAt: null,
        lastUsedAt: null,
        client: { identifier: credentials.client.identifier },
        token: { identifier: credentials.token.identifier },
        version: 1,
        createdAt: key.editedAt,
        editedAt: expect.stringMatching(/^\d{4}-/),
        oldSecretsExpireAt: [],
        isExample: false,
      });
      expect(await readKey(opened.installation, accountId, key.id)).toEqual(key);
    });

    it("rejects permissions of another category and duplicates, with their places", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      await expect(
        createKey(opened.installation, accountId, actor, {
          ...WEATHER_BOT,
          permissions: ["user-login", "skills", "user-login"],
        }),
      ).rejects.toMatchObject({
        code: "ERR_INPUT",
        faults: [
          { path: "/permissions/1", message: 'Agent Interactions has no permission "skills"' },
          { path: "/permissions/2", message: '"user-login" must be listed only once' },
        ],
      });
    });

    it("succeeds for exactly one of 50 concurrent calls if the account has 99 keys", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      for (let count = 0; count < MAXIMUM_KEYS - 1; count++) {
        await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      }
      const attempts = await Promise.allSettled(
        Array.from({ length: 50 }, () =>
          createKey(opened.installation, accountId, actor, WEATHER_BOT),
        ),
      );
      expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const attempt of attempts) {
        if (attempt.status === "rejected") expect(attempt.reason.code).toBe("ERR_KEY_LIMIT");
      }
      const { limit, total } = await listKeys(opened.installation, accountId);
      expect({ limit, total }).toEqual({ limit: { used: 100, maximum: 100 }, total: 100 });
    });
  });

  describe("editKey", () => {
    it("changes only the given fields, and logs the actor and the values before and after", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      const edited = await editKey(opened.installation, accountId, actor, key.id, {
        description: "Rain",
        category: "administration",
        permissions: ["users", "skills"],
      });
      expect(edited).toMatchObject({
        applicationName: "Weather bot",
        description: "Rain",
        category: "administration",
        permissions: ["skills", "users"],
        version: 2,
      });
      const { entries } = await readAudit(opened.installation, accountId, { keyId: key.id });
      expect(entries[0]).toMatchObject({
        action: "key edited",
        actor,
        key: { id: key.id, name: key.applicationName },
        before: {
          description: null,
          category: "agent-interactions",
          permissions: ["user-login"],
        },
        after: {
          description: "Rain",
          category: "administration",
          permissions: ["skills", "users"],
        },
      });
    });

    it("rejects a new category without permissions of that category", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      await expect(
        editKey(opened.installation, accountId, actor, key.id, { category: "data" }),
      ).rejects.toMatchObject({ code: "ERR_INPUT", faults: [{ path: "/permissions/0" }] });
      expect(await readKey(opened.installation, accountId, key.id)).toEqual(key);
    });

    it("rejects an edit of a stale copy: one of two concurrent edits succeeds", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      const edits = await Promise.allSettled(
        ["One", "Two"].map((applicationName) =>
          editKey(opened.installation, accountId, actor, key.id, { applicationName, version: 1 }),
        ),
      );
      expect(edits.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(edits.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { code: "ERR_STALE" },
      });
    });

    it("adds no entry to the log if nothing changes", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key } = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      expect(
        await editKey(opened.installation, accountId, actor, key.id, { ...WEATHER_BOT }),
      ).toEqual(key);
      const { total } = await readAudit(opened.installation, accountId, { keyId: key.id });
      expect(total).toBe(1);
    });

    it("does not find another account's key", async () => {
      const owner = await freshAccount(opened.installation);
      const other = await freshAccount(opened.installation);
      const { key } = await createKey(
        opened.installation,
        owner.accountId,
        owner.actor,
        WEATHER_BOT,
      );
      for (const attempt of [
        () => readKey(opened.installation, other.accountId, key.id),
        () => editKey(opened.installation, other.accountId, other.actor, key.id, {}),
        () => setEnabled(opened.installation, other.accountId, other.actor, key.id, false),
        () => rotateSecrets(opened.installation, other.accountId, other.actor, key.id),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "ERR_NOT_FOUND" });
      }
    });
  });

  describe("listKeys", () => {
    it("filters, sorts and pages", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const names = ["delta", "Alpha", "50%_\\ off", "charlie", "Bravo"];
      for (const applicationName of names) {
        await createKey(opened.installation, accountId, actor, { ...WEATHER_BOT, applicationName });
      }
      const list = async (query: object) =>
        (await listKeys(opened.installation, accountId, query)).keys.map(
          (key) => key.applicationName,
        );
      expect(await list({ sort: "applicationName", order: "ascending" })).toEqual([
        "50%_\\ off",
        "Alpha",
        "Bravo",
        "charlie",
        "delta",
      ]);
      expect(
        await list({ sort: "applicationName", order: "descending", page: 2, pageSize: 2 }),
      ).toEqual(["Bravo", "Alpha"]);
      expect(await list({ search: "ALPH" })).toEqual(["Alpha"]);
      for (const search of ["%", "_", "\\", "50%_\\ o"]) {
        expect(await list({ search })).toEqual(["50%_\\ off"]);
      }
      expect(await list({ search: "jane doe" })).toHaveLength(5);
      expect(await list({ category: "data" })).toEqual([]);
      expect(await list({ enabled: "false" })).toEqual([]);
      expect(
        await listKeys(opened.installation, accountId, { search: "a", pageSize: 1 }),
      ).toMatchObject({
        total: 5,
        pageSize: 1,
        limit: { used: 5, maximum: 100 },
      });
    });

    it("sorts names in natural order: App 2 comes before App 10", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      for (const applicationName of ["App 10", "app 9", "App 2", "App 1", "Ähre", "Zebra"]) {
        await createKey(opened.installation, accountId, actor, { ...WEATHER_BOT, applicationName });
      }
      const list = async (order: "ascending" | "descending") =>
        (
          await listKeys(opened.installation, accountId, { sort: "applicationName", order })
        ).keys.map((key) => key.applicationName);
      const ascending = ["Ähre", "App 1", "App 2", "app 9", "App 10", "Zebra"];
      expect(await list("ascending")).toEqual(ascending);
      expect(await list("descending")).toEqual(ascending.toReversed());
    });

    it("finds keys by the name of their category, and by their status", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const create = async (applicationName: string, more = {}) =>
        (
          await createKey(opened.installation, accountId, actor, {
            ...WEATHER_BOT,
            applicationName,
            ...more,
          })
        ).key.id;
      await create("Bot");
      await create("Reports", { category: "data", permissions: ["data-access"] });
      const off = await create("Off");
      await setEnabled(opened.installation, accountId, actor, off, false);
      const find = async (search: string) =>
        (
          await listKeys(opened.installation, accountId, {
            search,
            sort: "applicationName",
            order: "ascending",
          })
        ).keys.map((key) => key.applicationName);
      expect(await find("agent interac")).toEqual(["Bot", "Off"]);
      expect(await find("DATA")).toEqual(["Reports"]);
      expect(await find("Disabled")).toEqual(["Off"]);
      expect(await find("enabled")).toEqual(["Bot", "Reports"]);
    });

    it("marks the example key of the first start, and no other of the system", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      await createKey(opened.installation, accountId, actor, WEATHER_BOT);
      await createKey(opened.installation, accountId, SYSTEM, WEATHER_BOT);
      await createKey(opened.installation, accountId, FIRST_START, WEATHER_BOT);
      const { keys } = await listKeys(opened.installation, accountId, { order: "ascending" });
      expect(keys.map(({ isExample }) => isExample)).toEqual([false, false, true]);
    });
  });

  describe("setEnabled and rotateSecrets", () => {
    it("add one entry each to the log, without a secret", async () => {
      const { accountId, actor } = await freshAccount(opened.installation);
      const { key, credentials } = await createKey(
        opened.installation,
        accountId,
        actor,
        WEATHER_BOT,
      );
      await setEnabled(opened.installation, accountId, actor, key.id, false);
      await setEnabled(opened.installation, accountId, actor, key.id, false);
      expect(await readKey(opened.installation, accountId, key.id)).toMatchObject({
        enabled: false,
        version: 2,
      });
      await setEnabled(opened.installation, accountId, actor, key.id, true);
      const rotated = await rotateSecrets(opened.installation, accountId, actor, key.id, {
        overlapSeconds: 3600,
      });
      expect(rotated.credentials.client.identifier).toBe(credentials.client.identifier);
      expect(rotated.credentials.client.sharedSecret).not.toBe(credentials.client.sharedSecret);
      const overlap = Date.parse(rotated.key.oldSecretsExpireAt[0] ?? "") - Date.now();
      expect(overlap / 1000).toBeGreaterThan(3590);
      expect(overlap / 1000).toBeLessThanOrEqual(3600);

      const audit = await readAudit(opened.installation, accountId, { keyId: key.id });
      expect(audit.entries.map(({ action }) => action)).toEqual([
        "secrets rotated",
        "key enabled",
        "key disabled",
        "key created",
      ]);
      const text = JSON.stringify(audit);
      for (const { client, token } of [credentials, rotated.credentials]) {
        expect(text).not.toContain(client.sharedSecret);
        expect(text).not.toContain(token.sharedSecret);
      }
    });
  });
});
