import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isMissing } from "@oauth1/test-servers";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createOneTimeLink, findUserByName, firstStart, listUsers } from "../src/admin.js";
import { createKey, openInstallation, rotateSecrets } from "../src/index.js";
import { useOneTimeLink } from "../src/sign-in/one-time-link.js";
import { openBotSession, signIn } from "../src/sign-in/sessions.js";
import { freshAccount, freshDatabase, onBothDatabases, WEATHER_BOT } from "./installations.js";

const run = promisify(execFile);
const PASSWORD = "correct horse battery staple";
const ORIGIN = { address: "192.0.2.1", userAgent: undefined };

onBothDatabases((opened, name) => {
  it("the database rejects changes of the audit log, and the deletion of keys, users and accounts", async () => {
    const { accountId, actor } = await freshAccount(opened.installation);
    await createKey(opened.installation, accountId, actor, WEATHER_BOT);
    for (const statement of [
      "update audit_log set action = 'nothing'",
      "update audit_log set action = 'nothing' where false",
      "delete from audit_log",
      "truncate audit_log",
      "delete from api_keys",
      "truncate api_keys cascade",
      "delete from users",
      "delete from accounts",
    ]) {
      await expect(
        opened.installation.database.execute(sql.raw(statement)),
        statement,
      ).rejects.toMatchObject({ cause: { message: expect.stringMatching(/is not allowed$/) } });
    }
  });

  it("the database rejects an unknown role and malformed identifiers", async () => {
    const { actor } = await freshAccount(opened.installation);
    for (const statement of [
      sql`update users set role = 'Owner' where id = ${actor.id}`,
      sql`insert into accounts values ('not an id', 'Test', now())`,
    ]) {
      await expect(opened.installation.database.execute(statement)).rejects.toMatchObject({
        cause: { code: "23514" },
      });
    }
  });

  it("a dump of the database contains no secret, password or token", async () => {
    const { installation } = opened;
    const { accountId, actor } = await freshAccount(installation, "Agent");
    const link = await createOneTimeLink(installation, accountId, actor, actor.id ?? "");
    const unused = await freshAccount(installation);
    const openLink = await createOneTimeLink(
      installation,
      unused.accountId,
      unused.actor,
      unused.actor.id ?? "",
    );
    await useOneTimeLink(installation, link.token, PASSWORD);
    const session = await signIn(
      installation,
      { accountId, username: actor.name, source: "network 192.0.2.1" },
      PASSWORD,
      ORIGIN,
    );
    const made = await createKey(installation, accountId, actor, WEATHER_BOT);
    const rotated = await rotateSecrets(installation, accountId, actor, made.key.id);
    const user = await findUserByName(installation.database, accountId, actor.name);
    if (user === undefined) throw new Error("no user");
    const bot = await openBotSession(installation, user, made.key.id, ORIGIN);

    const dump =
      name === "PGlite"
        ? everyFile(join(opened.options.dataFolder, "pglite"))
        : (await run("pg_dump", [opened.options.databaseUrl ?? ""], { maxBuffer: 1e8 })).stdout;
    // The dump must contain the public values, or the test would prove nothing.
    expect(dump).toContain(made.credentials.client.identifier);
    const secrets = [
      ...[made, rotated].flatMap(({ credentials: { client, token } }) => [
        client.sharedSecret,
        token.sharedSecret,
      ]),
      PASSWORD,
      link.token,
      openLink.token,
      session.token,
      bot.token,
      bot.bearer,
    ];
    for (const secret of secrets) {
      for (const encoding of ["utf8", "hex", "base64"] as const) {
        expect(dump.includes(Buffer.from(secret).toString(encoding).slice(0, 24))).toBe(false);
      }
      if (/^[0-9a-f]{64}$/.test(secret)) {
        const octets = Buffer.from(secret, "hex");
        expect(dump.includes(octets.toString("latin1"))).toBe(false);
        expect(dump.includes(octets.toString("base64").slice(0, 24))).toBe(false);
      }
    }
  });
});

describe.skipIf(isMissing("postgres"))("several processes on PostgreSQL", () => {
  it("start concurrently on an empty database, and create one account and administrator", async () => {
    const options = await freshDatabase();
    const started = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const installation = await openInstallation(options);
        const { accountId } = await firstStart(installation);
        return { installation, accountId };
      }),
    );
    expect(new Set(started.map(({ accountId }) => accountId)).size).toBe(1);
    const [first] = started;
    if (first === undefined) throw new Error("no installation has started");
    expect(await listUsers(first.installation, first.accountId)).toMatchObject([
      { username: "admin", role: "Administrator", hasPassword: false },
    ]);
    await Promise.all(started.map(({ installation }) => installation.close()));
  });
});

/** Reads all files as text of single bytes that `includes` can search. */
function everyFile(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}
