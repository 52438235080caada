import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { firstStart, keyFileOf, keyRingFromFile } from "../src/admin.js";
import {
  createApiKeysServer,
  createKey,
  keyCredentialStore,
  openInstallation,
  SYSTEM,
} from "../src/index.js";
import { browser, ORIGIN, PASSWORD } from "./browser.js";
import { freshFolder, WEATHER_BOT } from "./installations.js";

const options = freshFolder();
afterAll(() => rmSync(options.dataFolder, { recursive: true }));

const program = fileURLToPath(new URL("../bin/oauth1-api-keys.js", import.meta.url));
const run = promisify(execFile);
const command = async (...words: string[]) =>
  (await run(process.execPath, [program, "--data", options.dataFolder, ...words])).stdout;

it("adds users, creates links, changes roles and rotates the encryption key", async () => {
  const before = await openInstallation(options);
  const { accountId } = await firstStart(before);
  const { credentials } = await createKey(before, accountId, SYSTEM, WEATHER_BOT);
  await before.close();

  const unused = await command("user", "add", "jane", "--role", "Agent");
  const token = (await command("user", "link", "jane")).trim();
  await command("user", "role", "jane", "Campaign Manager");
  expect(await command("user", "list")).toMatch(
    /^admin\tAdministrator\t\S+\njane\tCampaign Manager\t\S+\n$/,
  );
  const identifiers = keyRingFromFile(keyFileOf(options.dataFolder)).identifiers();
  expect(await command("encryption", "rotate")).toMatch(
    /^2 secrets encrypted with [0-9a-f]{16}\n$/,
  );
  expect(await command("encryption", "drop-old")).toMatch(/^0 secrets encrypted with/);
  const after = keyRingFromFile(keyFileOf(options.dataFolder)).identifiers();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(identifiers);
  await expect(command("user", "role", "jane", "Owner")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("/role"),
  });
  await expect(command("user", "add")).rejects.toMatchObject({ code: 2 });

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

it("prints no control characters, and no line forged by a user name", async () => {
  const hostile = "\u001b]0;owned\u0007\u009b31m\u202eevil";
  const acts = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u;
  // The output must be harmless whether or not the name is accepted.
  const added = await command("user", "add", `${hostile}\nroot\tAdministrator`).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
  expect(added).not.toBe("");
  expect(added).not.toMatch(acts);
  const listed = await command("user", "list");
  expect(listed).not.toMatch(acts);
  expect(listed).not.toMatch(/^root\t/m);
  for (const words of [["user", "role", hostile, "Agent"], [hostile], [`--${hostile}`]]) {
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
    ["--database", "postgres://me:hunter2@localhost:1/x"],
    /^cannot open the PostgreSQL server: .*ECONNREFUSED.*; start it, or correct the database URL$/,
  ],
  [
    ["--data", "/dev/null/data"],
    /^cannot use the data folder \/dev\/null\/data: .*ENOTDIR; choose a folder/,
  ],
])(
  "prints one line that says how to solve a failure of %j",
  { timeout: 60_000 },
  async (words, line) => {
    const { code, stdout, stderr } = await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL("../bin/oauth1-api-keys.js", import.meta.url)),
      ...words,
      "user",
      "list",
    ]).catch((error) => error);
    const [told, rest] = stderr.split("\n");
    expect(told.replace("oauth1-api-keys: ", "")).toMatch(line);
    expect({ code, stdout, rest }).toEqual({ code: 1, stdout: "", rest: "" });
    expect(stderr).not.toContain("hunter2");
  },
);
