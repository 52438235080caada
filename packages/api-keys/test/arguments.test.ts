// Calls every public function with arguments that TypeScript rejects, as JavaScript code and
// configuration files can.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as admin from "../src/admin.js";
import * as main from "../src/index.js";
import { freshAccount, freshFolder, WEATHER_BOT } from "./installations.js";

/** The exports of both entries of the package. */
const apiKeys = { ...main, ...admin };

const {
  createAccount,
  checkServerOptions,
  createApiKeysServer,
  createKey,
  createOneTimeLink,
  createUser,
  editKey,
  editUser,
  findUserByName,
  firstStart,
  keyCredentialStore,
  listKeys,
  listUsers,
  mayCall,
  openInstallation,
  readAudit,
  readCatalogue,
  readKey,
  reencryptSecrets,
  requirePermission,
  rotateSecrets,
  endOldSecrets,
  setEnabled,
} = apiKeys;

const options = freshFolder();
const folder = mkdtempSync(join(tmpdir(), "oauth1-arguments-"));
let installation: main.Installation;
let accountId: string;
let actor: main.Actor;
let keyId: string;
let applicationId: string;

beforeAll(async () => {
  installation = await openInstallation(options);
  ({ accountId, actor } = await freshAccount(installation));
  ({
    key: { id: keyId },
  } = await createKey(installation, accountId, actor, WEATHER_BOT));
  ({
    application: { id: applicationId },
  } = await apiKeys.registerApplication(installation, accountId, actor, PRINTER));
});
afterAll(async () => {
  await installation.close();
  for (const path of [options.dataFolder, folder]) rmSync(path, { recursive: true });
});

/** Values of every type. Each argument below lists the valid ones. */
const VALUES = [undefined, null, 42, true, "", "\0", "text", [], {}, () => {}, Promise.resolve({})];

/** An argument: its name in messages, a valid value, and the other valid values. */
type Argument = readonly [name: string, right: () => unknown, alsoRight?: readonly unknown[]];

const INSTALLATION: Argument = ["installation", () => installation];
const ACCOUNT: Argument = ["accountId", () => accountId, ["", "text"]];
const ACTOR: Argument = ["actor", () => actor];
const KEY: Argument = ["keyId", () => keyId, ["", "text"]];
const APPLICATION: Argument = ["applicationId", () => applicationId, ["", "text"]];
const PRINTER = { applicationName: "Printer", developerName: "Jane Doe", callbacks: ["oob"] };
const USER: Argument = ["userId", () => actor.id, ["", "text"]];
const input = (value: () => unknown, ...alsoRight: unknown[]): Argument => ["/", value, alsoRight];

// biome-ignore lint/suspicious/noExplicitAny: the test passes wrong types
type Callable = (...values: any[]) => unknown;

const functions: readonly [string, Callable, ...Argument[]][] = [
  [
    "createAccount",
    createAccount,
    INSTALLATION,
    input(() => ({ id: randomUUID().replaceAll("-", ""), name: "x" })),
  ],
  ["createKey", createKey, INSTALLATION, ACCOUNT, ACTOR, input(() => WEATHER_BOT)],
  ["createOneTimeLink", createOneTimeLink, INSTALLATION, ACCOUNT, ACTOR, USER],
  [
    "createUser",
    createUser,
    INSTALLATION,
    ACCOUNT,
    ACTOR,
    input(() => ({ username: randomUUID(), role: "Agent" })),
  ],
  ["editKey", editKey, INSTALLATION, ACCOUNT, ACTOR, KEY, input(() => ({}), {})],
  ["editUser", editUser, INSTALLATION, ACCOUNT, ACTOR, USER, input(() => ({}), {})],
  ["endSessions", apiKeys.endSessions, INSTALLATION, ACCOUNT, ACTOR, USER],
  [
    "findUserByName",
    findUserByName,
    ["database", () => installation.database],
    ACCOUNT,
    ["username", () => "x", ["", "text"]],
  ],
  ["firstStart", firstStart, INSTALLATION],
  ["keyCredentialStore", keyCredentialStore, INSTALLATION],
  ["listKeys", listKeys, INSTALLATION, ACCOUNT, input(() => ({}), undefined, {})],
  ["listUsers", listUsers, INSTALLATION, ACCOUNT],
  [
    "mayCall",
    mayCall,
    ["caller", () => ({ permissions: [] })],
    ["permission", () => "users", ["text", "\0"]],
  ],
  [
    "isAllowedAddress",
    apiKeys.isAllowedAddress,
    ["allowedAddresses", () => [], [[]]],
    ["address", () => "192.0.2.7", VALUES],
  ],
  ["readCalls", apiKeys.readCalls, INSTALLATION, ACCOUNT, KEY],
  ["readUsage", apiKeys.readUsage, INSTALLATION, ACCOUNT, KEY],
  ["readAudit", readAudit, INSTALLATION, ACCOUNT, input(() => ({}), undefined, {})],
  ["readCatalogue", readCatalogue, ["file", () => undefined, [undefined, "text"]]],
  ["readKey", readKey, INSTALLATION, ACCOUNT, KEY],
  ["reencryptSecrets", reencryptSecrets, INSTALLATION],
  [
    "requirePermission",
    requirePermission,
    ["catalogue", () => installation],
    ["permission", () => "users"],
  ],
  [
    "rotateSecrets",
    rotateSecrets,
    INSTALLATION,
    ACCOUNT,
    ACTOR,
    KEY,
    input(() => ({}), undefined, {}),
  ],
  [
    "registerApplication",
    apiKeys.registerApplication,
    INSTALLATION,
    ACCOUNT,
    ACTOR,
    input(() => PRINTER),
  ],
  [
    "editApplication",
    apiKeys.editApplication,
    INSTALLATION,
    ACCOUNT,
    ACTOR,
    APPLICATION,
    input(() => ({}), {}),
  ],
  [
    "generateApplicationSecret",
    apiKeys.generateApplicationSecret,
    INSTALLATION,
    ACCOUNT,
    ACTOR,
    APPLICATION,
    input(() => ({}), undefined, {}),
  ],
  ["listApplications", apiKeys.listApplications, INSTALLATION, ACCOUNT],
  ["readApplication", apiKeys.readApplication, INSTALLATION, ACCOUNT, APPLICATION],
  [
    "setApplicationEnabled",
    apiKeys.setApplicationEnabled,
    INSTALLATION,
    ACCOUNT,
    ACTOR,
    APPLICATION,
    ["enabled", () => true, [true]],
  ],
  ["endOldSecrets", endOldSecrets, INSTALLATION, ACCOUNT, ACTOR, KEY],
  ["setEnabled", setEnabled, INSTALLATION, ACCOUNT, ACTOR, KEY, ["enabled", () => true, [true]]],
  ["keyFileOf", apiKeys.keyFileOf, ["dataFolder", () => folder, ["text", "\0"]]],
  [
    "keyRingFromText",
    apiKeys.keyRingFromText,
    ["text", () => "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ["", "text", "\0"]],
  ],
  ["keyRingFromFile", apiKeys.keyRingFromFile, ["file", () => join(folder, "keys"), ["text"]]],
  ["addEncryptionKey", apiKeys.addEncryptionKey, ["file", () => join(folder, "keys"), ["text"]]],
  ["dropOldKeys", apiKeys.dropOldKeys, ["file", () => join(folder, "keys"), ["text"]]],
  [
    "createApiKeysServer",
    createApiKeysServer,
    INSTALLATION,
    ["options", () => ({}), [undefined, {}]],
  ],
  ["checkServerOptions", checkServerOptions, ["createApiKeysServer: ", () => ({}), [{}]]],
  ["openInstallation", openInstallation, ["openInstallation: ", () => freshFolder()]],
];

describe("every function reports a wrong argument by name:", () => {
  const rows = functions.flatMap(([name, callable, ...parameters]) =>
    parameters.map((parameter, position) => ({ name, callable, parameters, parameter, position })),
  );
  it.each(rows)(
    "$name, argument $position",
    async ({ callable, parameters, parameter, position }) => {
      const [argument, , alsoRight = []] = parameter;
      for (const value of VALUES) {
        if (alsoRight.some((right) => isDeepStrictEqual(right, value))) continue;
        const values = parameters.map(([, right], at) => (at === position ? value : right()));
        const outcome = await (async () => callable(...values))().then(
          () => "accepted",
          (error) => error,
        );
        expect(outcome, `${String(value)} ${typeof value}`).toBeInstanceOf(Error);
        expect(`${outcome.name} ${outcome.code}`).toMatch(
          /^ApiKeysError ERR_(ARGUMENT|INPUT)$|^StorageError ERR_STORAGE_ARGUMENT$/,
        );
        if (argument !== "/") expect(outcome.message).toContain(argument);
      }
    },
  );

  it("the table covers every function that the package exports", () => {
    const exported = Object.entries(apiKeys)
      .filter(([, value]) => typeof value === "function")
      .map(([name]) => name);
    // The classes, and functions that return false for everything but a role.
    const others = ["ApiKeysError", "StorageError", "managesKeys", "managesUsers", "readsActivity"];
    expect([...functions.map(([name]) => name), ...others].toSorted()).toEqual(exported.toSorted());
    for (const value of VALUES) {
      expect(apiKeys.managesKeys(value as never)).toBe(false);
      expect(apiKeys.managesUsers(value as never)).toBe(false);
      expect(apiKeys.readsActivity(value as never)).toBe(false);
    }
  });
});

describe("every function reports a wrong option and its requirement:", () => {
  const dataFolder = "never-made";
  it.each([
    [{}, "dataFolder must be a non-empty string"],
    [{ dataFolder: "" }, "dataFolder must be a non-empty string"],
    [{ dataFolder: 1 }, "dataFolder must be a non-empty string"],
    [{ datafolder: dataFolder }, "datafolder is not an option: use one of dataFolder, databaseUrl"],
    [{ dataFolder, databaseURL: "postgres://x" }, "databaseURL is not an option"],
    [{ dataFolder, databaseUrl: "" }, "databaseUrl must be a URL that starts with postgres://"],
    [{ dataFolder, databaseUrl: "mysql://x" }, "databaseUrl must be a URL that starts with"],
    [
      { dataFolder, maximumConnections: 0 },
      "maximumConnections must be a whole number of at least 1",
    ],
    [{ dataFolder, maximumConnections: "10" }, "maximumConnections must be a whole number"],
    [{ dataFolder, encryptionKeys: [] }, "encryptionKeys must be a string"],
    [{ dataFolder, catalogueFile: 1 }, "catalogueFile must be a path or a file: URL"],
    [{ dataFolder, clock: new Date() }, "clock must be a function that returns a Date"],
  ])("openInstallation(%j)", async (wrong, message) => {
    await expect(openInstallation(wrong as never)).rejects.toMatchObject({
      code: "ERR_ARGUMENT",
      message: expect.stringContaining(`openInstallation: ${message}`),
    });
  });

  it.each([
    [{ idempotentKey: "x" }, "idempotentKey is not an option: use one of idempotencyKey"],
    [{ idempotencyKey: "" }, "idempotencyKey must be 1 to 255 visible ASCII characters"],
    [{ idempotencyKey: "two words" }, "idempotencyKey must be 1 to 255 visible ASCII characters"],
    [{ idempotencyKey: 1 }, "idempotencyKey must be 1 to 255 visible ASCII characters"],
    ["key", "options must be an object"],
  ])("createKey and rotateSecrets reject %j", async (wrong, message) => {
    for (const call of [
      () => createKey(installation, accountId, actor, WEATHER_BOT, wrong as never),
      () => rotateSecrets(installation, accountId, actor, keyId, {}, wrong as never),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: "ERR_ARGUMENT",
        message: expect.stringContaining(message),
      });
    }
  });

  it("openInstallation rejects empty encryption keys instead of creating a file", async () => {
    await expect(
      openInstallation({ dataFolder: join(folder, "empty"), encryptionKeys: "" }),
    ).rejects.toMatchObject({ code: "ERR_ENCRYPTION_KEY" });
  });

  it.each([
    [{ publicorigin: "https://x" }, "publicorigin is not an option: use one of publicOrigin"],
    [{ publicOrigin: 1 }, "publicOrigin must be a string"],
    ...["keys", "/", "/keys/", "/a//b", "/a b", "/../keys", "/a/..", "/%6Beys", "", 1].map(
      (publicPath): [object, string] => [
        { publicPath },
        "publicPath must be a path such as /keys, without a slash at the end",
      ],
    ),
    [{ nonces: {} }, "nonces must be a nonce store with a function spend"],
    [{ nonces: () => ({}) }, "nonces must be a nonce store"],
    [{ onFault: "log" }, "onFault must be a function"],
    [{ addressOf: "10.0.0.1" }, "addressOf must be a function that returns an IP address"],
    [{ allowInsecureTransport: "no" }, "allowInsecureTransport must be true or false"],
    [{ allowSecretsInClear: true }, "allowSecretsInClear is not an option"],
    [{ trustedProxies: "10.0.0.1" }, "trustedProxies must be an object with addresses and fields"],
    [{ trustedProxies: { addresses: ["::1"] } }, "trustedProxies.fields must be a list"],
    [
      { trustedProxies: { addresses: "::1", fields: [] } },
      "trustedProxies.addresses must be a list",
    ],
    [
      { trustedProxies: { addresses: ["::1"], fields: ["forwarded"], field: "x" } },
      "trustedProxies.field is not an option: use one of addresses, fields",
    ],
    [{ verifier: [] }, "verifier must be an object with options of the verifier"],
    [{ verifier: { nonces: {} } }, "verifier.nonces must be omitted"],
    [{ verifier: { trustedProxies: {} } }, "verifier.trustedProxies must be omitted"],
  ])("createApiKeysServer(installation, %j)", (wrong, message) => {
    expect(() => createApiKeysServer(installation, wrong as never)).toThrow(
      expect.objectContaining({
        code: "ERR_ARGUMENT",
        message: expect.stringContaining(`createApiKeysServer: ${message}`),
      }),
    );
  });

  it.each([
    [{ publicOrigin: "keys.example.com" }, "ERR_PUBLIC_ORIGIN"],
    [{ trustedProxies: { addresses: ["proxy"], fields: ["forwarded"] } }, "ERR_TRUSTED_PROXIES"],
    [{ trustedProxies: { addresses: ["::1"], fields: ["x-real-ip"] } }, "ERR_VERIFIER_OPTION"],
  ])("createApiKeysServer(installation, %j) throws the verifier's error", (wrong, code) => {
    const error = expect.objectContaining({ code });
    expect(() => createApiKeysServer(installation, wrong as never)).toThrow(error);
    expect(() => checkServerOptions(wrong as never)).toThrow(error);
  });

  it.each([
    ["listKeys", () => listKeys(installation, accountId, { serach: "x" } as never), "/serach"],
    ["listKeys", () => listKeys(installation, accountId, { pageSize: 1000 }), "/pageSize"],
    ["readAudit", () => readAudit(installation, accountId, { keyID: keyId } as never), "/keyID"],
    ["readAudit", () => readAudit(installation, accountId, { keyId: "x" }), "/keyId"],
    [
      "rotateSecrets",
      () => rotateSecrets(installation, accountId, actor, keyId, { overlap: 1 } as never),
      "/overlap",
    ],
    ["createAccount", () => createAccount(installation, { id: "A", name: "x" }), "/id"],
    ["createAccount", () => createAccount(installation, { id: accountId, name: "x" }), "/id"],
  ])("%s names the wrong field", async (_, call, path) => {
    await expect(call()).rejects.toMatchObject({
      code: "ERR_INPUT",
      faults: [expect.objectContaining({ path })],
    });
  });

  it("requirePermission rejects a permission that the catalogue does not contain", () => {
    expect(() => requirePermission(installation, "user-logn")).toThrow(
      'permission must be in the catalogue; "user-logn" is not',
    );
  });
});
