import { createDecipheriv, createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  addEncryptionKey,
  dropOldKeys,
  keyFileOf,
  keyRingFromFile,
  keyRingFromText,
  reencryptSecrets,
} from "../src/admin.js";
import { apiKeySecrets } from "../src/database/schema.js";
import { openSecret, sealSecret } from "../src/encryption/sealed-secret.js";
import { createKey, keyCredentialStore, openInstallation, rotateSecrets } from "../src/index.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";

const KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
const PLACE = { id: "a", keyId: "b", part: "client" } as const;

describe("a sealed secret", () => {
  const ring = keyRingFromText(KEY.toString("base64"));

  it("is AES-256-GCM that node:crypto decrypts", () => {
    const { sealed, encryptionKeyId } = sealSecret("secret", PLACE, ring);
    expect(encryptionKeyId).toBe(createHash("sha256").update(KEY).digest("hex").slice(0, 16));
    const octets = Buffer.from(sealed, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", KEY, octets.subarray(0, 12));
    decipher.setAAD(Buffer.from("oauth1 api-keys secret\na\nb\nclient"));
    decipher.setAuthTag(octets.subarray(-16));
    expect(
      decipher.update(octets.subarray(12, -16), undefined, "utf8") + decipher.final("utf8"),
    ).toBe("secret");
  });

  it("differs each time", () => {
    expect(sealSecret("secret", PLACE, ring).sealed).not.toBe(
      sealSecret("secret", PLACE, ring).sealed,
    );
  });

  it("can be decrypted only in its own place", () => {
    const stored = sealSecret("secret", PLACE, ring);
    expect(openSecret(stored, PLACE, ring)).toBe("secret");
    for (const other of [
      { ...PLACE, id: "c" },
      { ...PLACE, keyId: "c" },
      { ...PLACE, part: "token" as const },
    ]) {
      expect(() => openSecret(stored, other, ring)).toThrow(/was changed or moved/);
    }
  });

  it("cannot be decrypted after any octet was changed", () => {
    const { sealed, encryptionKeyId } = sealSecret("secret", PLACE, ring);
    const octets = Buffer.from(sealed, "base64url");
    for (let at = 0; at < octets.length; at++) {
      const changed = Buffer.from(octets);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const stored = { encryptionKeyId, sealed: changed.toString("base64url") };
      expect(() => openSecret(stored, PLACE, ring)).toThrow(/was changed or moved/);
    }
    for (const cut of [0, 11, 12, 27]) {
      const stored = { encryptionKeyId, sealed: octets.subarray(0, cut).toString("base64url") };
      expect(() => openSecret(stored, PLACE, ring)).toThrow(/was changed or moved/);
    }
  });
});

onBothDatabases((opened, name) => {
  it("an encryption key rotation re-encrypts every secret", async () => {
    const { dataFolder } = opened.options;
    const { accountId, actor } = await freshAccount(opened.installation);
    const made = await createKey(opened.installation, accountId, actor, WEATHER_BOT);
    await rotateSecrets(opened.installation, accountId, actor, made.key.id);
    const before = await opened.installation.database.select().from(apiKeySecrets);

    addEncryptionKey(keyFileOf(dataFolder));
    const keyRing = keyRingFromFile(keyFileOf(dataFolder));
    const renewed = { ...opened.installation, keyRing };
    expect(await reencryptSecrets(renewed)).toBe(before.length);
    expect(await reencryptSecrets(renewed)).toBe(0);
    dropOldKeys(keyFileOf(dataFolder));

    const after = await opened.installation.database.select().from(apiKeySecrets);
    expect(new Set(after.map(({ encryptionKeyId }) => encryptionKeyId))).toEqual(
      new Set([keyRing.current().id]),
    );
    const only = { ...opened.installation, keyRing: keyRingFromFile(keyFileOf(dataFolder)) };
    expect(only.keyRing.identifiers()).toEqual([keyRing.current().id]);
    const { client, token } = made.credentials;
    const found = await keyCredentialStore(only).find(client.identifier, token.identifier);
    expect(found.client?.sharedSecrets).toHaveLength(2);
    expect(found.client?.sharedSecrets?.[1]).toBe(client.sharedSecret);
    expect(found.token?.sharedSecrets[1]).toBe(token.sharedSecret);
  });

  it("a secret that was moved to another key's row cannot be decrypted", async () => {
    const { accountId, actor } = await freshAccount(opened.installation);
    const keyRing = keyRingFromFile(keyFileOf(opened.options.dataFolder));
    const installation = { ...opened.installation, keyRing };
    const [mine, theirs] = [
      await createKey(installation, accountId, actor, WEATHER_BOT),
      await createKey(installation, accountId, actor, WEATHER_BOT),
    ];
    const { database } = installation;
    const rows = await database.select().from(apiKeySecrets);
    const of = (keyId: string) =>
      rows.find((row) => row.keyId === keyId && row.part === "client") ?? rows[0];
    await database
      .update(apiKeySecrets)
      .set({ sealed: of(mine.key.id)?.sealed ?? "" })
      .where(eq(apiKeySecrets.id, of(theirs.key.id)?.id ?? ""));
    await expect(
      keyCredentialStore(installation).find(theirs.credentials.client.identifier, undefined),
    ).rejects.toMatchObject({ code: "ERR_SEALED_SECRET" });
  });

  it.skipIf(name === "PGlite")(
    "an installation does not open without the encryption key of its secrets",
    async () => {
      await expect(
        openInstallation({ ...opened.options, encryptionKeys: KEY.toString("base64") }),
      ).rejects.toMatchObject({ code: "ERR_ENCRYPTION_KEY" });
    },
  );
});
