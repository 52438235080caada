import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, inject, it } from "vitest";
import { firstStart, keyFileOf, keyRingFromFile } from "../src/admin.js";
import {
  createApiKeysServer,
  createKey,
  type InstallationOptions,
  keyCredentialStore,
  openInstallation,
  SYSTEM,
} from "../src/index.js";
import { browser, ORIGIN, PASSWORD } from "./browser.js";
import { freshDatabase, freshFolder, WEATHER_BOT } from "./installations.js";

const embedded = freshFolder();
// Most commands run on PostgreSQL, because each opening of an embedded database takes a second.
const options = inject("postgresUrl") === undefined ? embedded : await freshDatabase();
afterAll(() => {
  for (const { dataFolder } of [embedded, options]) {
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

const program = fileURLToPath(new URL("../bin/oauth1-api-keys.js", import.meta.url));
const run = promisify(execFile);
const commandOn =
  ({ dataFolder, databaseUrl }: InstallationOptions) =>
  async (...words: string[]) => {
    const place = ["--data", dataFolder, ...(databaseUrl ? ["--database-url", databaseUrl] : [])];
    return (await run(process.execPath, [program, ...words, ...place])).stdout;
  };
const command = commandOn(options);

it("adds users, creates links, changes roles and rotates the encryption key", async () => {
  const before = await openInstallation(options);
  const { accountId } = await firstStart(before);
  const { credentials } = await createKey(before, accountId, SYSTEM, WEATHER_BOT);
  await before.close();

  const unused = await command("users", "add", "jane", "--role", "Agent");
  const token = (await command("users", "link", "jane")).trim();
  await command("users", "role", "jane", "Campaign Manager");
  expect(await command("users", "list")).toMatch(
    /^admin\tAdministrator\t\S+\njane\tCampaign Manager\t\S+\n$/,
  );
  const identifiers = keyRingFromFile(keyFileOf(options.dataFolder)).identifiers();
  expect(await command("keys", "encryption", "rotate")).toMatch(
    /^2 secrets encrypted with [0-9a-f]{16}\n$/,
  );
  expect(await command("keys", "encryption", "drop-old")).toMatch(/^0 secrets encrypted with/);
  const after = keyRingFromFile(keyFileOf(options.dataFolder)).identifiers();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(identifiers);
  await expect(command("users", "role", "jane", "Owner")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("/role"),
  });
  await expect(command("users", "add")).rejects.toMatchObject({ code: 2 });

  const installation = await openInstallation(options);
  const page = browser(createApiKeysServer(installation, { publicOrigin: ORIGIN }));
  const path = "/api/console/password";
  const used = await page.send("POST", path, { token: unused.trim(), password: PASSWORD });
  expect(used.status).toBe(410);
  expect(await page.send("POST", path, { token, password: PASSWORD })).toMatchObject({
    status: 200,
    body: { user: { username: "jane", role: "Campaign Manager" }, mayManageKeys: true },
  });
  const { client } = credentials;
  expect(await keyCredentialStore(installation).find(client.identifier, undefined)).toMatchObject({
    client: { sharedSecrets: [client.sharedSecret] },
  });
  await installation.close();
});

it("opens the same embedded database one after the other", async () => {
  const onFolder = commandOn(embedded);
  const made = JSON.parse(
    await onFolder(
      ...["keys", "create", "Embedded", "--developer", "Jane Doe", "--category", "data"],
      ...["--permissions", "data-access"],
    ),
  );
  const { client, token } = made.credentials;
  await onFolder("keys", "disable", client.identifier);
  expect(await onFolder("keys", "encryption", "rotate")).toMatch(/^2 secrets encrypted with /);
  const installation = await openInstallation(embedded);
  expect(
    await keyCredentialStore(installation).find(client.identifier, token.identifier),
  ).toMatchObject({ client: { status: "refused", sharedSecrets: [client.sharedSecret] } });
  await installation.close();
  expect(await onFolder("keys", "list")).toMatch(/^\w+\tEmbedded\tdata\tdisabled$/m);
});

it("disables and enables users, and ends their sessions", async () => {
  const token = (await command("users", "add", "viewer")).trim();
  const opened = await openInstallation(options);
  const page = browser(createApiKeysServer(opened, { publicOrigin: ORIGIN }));
  await page.send("POST", "/api/console/password", { token, password: PASSWORD });
  expect((await page.send("GET", "/api/console/session")).body.user.role).toBe("Viewer");
  await opened.close();

  expect(await command("users", "end-sessions", "viewer")).toBe("1\n");
  expect(await command("users", "end-sessions", "viewer")).toBe("0\n");
  await command("users", "disable", "viewer");
  expect(await command("users", "list")).toMatch(/^viewer\tViewer\t\S+\tdisabled$/m);
  await expect(command("users", "link", "viewer")).rejects.toMatchObject({
    code: 2,
    stderr:
      "oauth1-api-keys: viewer is disabled and cannot use a one-time link; enable the user first\n  https://oauth1.github.io/oauth1/errors#err-user-disabled\n",
  });
  await command("users", "enable", "viewer");
  expect(await command("users", "list")).toMatch(/^viewer\tViewer\t\S+$/m);
});

it("creates, lists, rotates, disables and enables keys", async () => {
  const made = JSON.parse(
    await command(
      ...["keys", "create", "By command", "--developer", "Jane Doe", "--category", "data"],
      ...["--permissions", "data-access", "engagement-history"],
    ),
  );
  expect(made.key.permissions).toEqual(["data-access", "engagement-history"]);
  const { identifier } = made.credentials.client;
  expect(await command("keys", "list")).toMatch(
    new RegExp(`^${identifier}\tBy command\tdata$`, "m"),
  );
  const rotated = JSON.parse(await command("keys", "rotate", identifier, "--overlap", "0"));
  await command("keys", "disable", identifier);
  expect(await command("keys", "list")).toMatch(/^\w+\tBy command\tdata\tdisabled$/m);
  await command("keys", "enable", identifier);

  const installation = await openInstallation(options);
  const { client, token } = await keyCredentialStore(installation).find(
    identifier,
    made.credentials.token.identifier,
  );
  expect(client?.sharedSecrets).toEqual([rotated.credentials.client.sharedSecret]);
  expect(token?.sharedSecrets).toEqual([rotated.credentials.token.sharedSecret]);
  await installation.close();
  await expect(command("keys", "disable", "x")).rejects.toMatchObject({
    code: 2,
    stderr:
      'oauth1-api-keys: the account has no API key "x"\n  https://oauth1.github.io/oauth1/errors#err-not-found\n',
  });
});

it("ends quietly if the reader of its output closes it", async () => {
  const { stderr } = await run("sh", ["-c", `"${process.execPath}" "${program}" --help | true`]);
  expect(stderr).toBe("");
});

it("never prints a control character or a line forged by a user name", async () => {
  const hostile = "\u001b]0;owned\u0007\u009b31m\u202eevil";
  const acts = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u;
  // The output must be harmless whether or not the name is accepted.
  const added = await command("users", "add", `${hostile}\nroot\tAdministrator`).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
  expect(added).not.toBe("");
  expect(added).not.toMatch(acts);
  const listed = await command("users", "list");
  expect(listed).not.toMatch(acts);
  expect(listed).not.toMatch(/^root\t/m);
  for (const words of [["users", "role", hostile, "Agent"], [hostile], [`--${hostile}`]]) {
    const { stderr } = await command(...words).then(
      () => expect.unreachable(),
      (error: { stderr: string }) => error,
    );
    expect(stderr).not.toBe("");
    expect(stderr).not.toMatch(acts);
  }
});

it.each([
  [
    ["--database-url", "postgres://me:hunter2@localhost:1/x"],
    /^cannot open the PostgreSQL server: .*ECONNREFUSED.*; start it, or correct the database URL$/,
  ],
  [
    ["--data", "/dev/null/data"],
    /^cannot use the data folder \/dev\/null\/data: .*ENOTDIR; choose a folder/,
  ],
])(
  "prints the remedy for a failure of %j, and where its code is described",
  async (words, line) => {
    const { code, stdout, stderr } = await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL("../bin/oauth1-api-keys.js", import.meta.url)),
      "users",
      "list",
      ...words,
    ]).catch((error) => error);
    const [told, address, rest] = stderr.split("\n");
    expect(told.replace("oauth1-api-keys: ", "")).toMatch(line);
    expect(address).toMatch(/^ {2}https:\/\/\S+\/errors#err-[a-z-]+$/);
    expect({ code, stdout, rest }).toEqual({ code: 2, stdout: "", rest: "" });
    expect(stderr).not.toContain("hunter2");
  },
);
