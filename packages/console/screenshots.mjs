// Writes a screenshot of each page into a folder, at two widths and in both themes, for review.
// Usage: node screenshots.mjs [FOLDER [NAME...]]
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createKey, openInstallation, SYSTEM, setEnabled } from "@oauth1/api-keys";
import {
  createUser,
  firstStart,
  registerApplication,
  setApplicationEnabled,
} from "@oauth1/api-keys/admin";
import {
  authorizationUrl,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { startConsole } from "@oauth1/console";
import { createSigner } from "@oauth1/signer";
import { startChromium } from "@oauth1/test-servers";
import { pino } from "pino";

const [folder = fileURLToPath(new URL("../../screenshots", import.meta.url)), ...names] =
  process.argv.slice(2);
const PASSWORD = "a long password for screenshots";
const NAMES = [
  "Reconciliation of invoices between the subsidiaries in Europe, the Middle East and Africa",
  "تطبيق الطقس",
  "🌧️👩🏽‍💻 rain radar",
  "x".repeat(100),
  ...Array.from({ length: 92 }, (_, index) => `Nightly export ${index + 1}`),
];

let printer;
const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-screenshots-"));
const accountId = await prepare();
const running = await startConsole({ port: 0, dataFolder, log: pino({ level: "silent" }) });
const browser = await startChromium();
try {
  mkdirSync(folder, { recursive: true });
  const state = await signIn();
  const paths = await addresses(state);
  for (const colorScheme of ["light", "dark"]) {
    for (const [device, viewport] of Object.entries({
      desktop: { width: 1280, height: 800 },
      phone: { width: 390, height: 800 },
    })) {
      for (const [name, { path, prepared, isSignedOut }] of Object.entries(paths)) {
        if (names.length > 0 && !names.includes(name)) continue;
        const storageState = isSignedOut ? undefined : state;
        const context = await browser.newContext({ colorScheme, viewport, storageState });
        const page = await context.newPage();
        await page.goto(`${running.origin}${path}`);
        await page.locator("h1").first().waitFor();
        await page.waitForLoadState("networkidle");
        await prepared?.(page);
        const file = join(folder, `${name}-${device}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: prepared === undefined });
        await context.close();
        process.stdout.write(`${file}\n`);
      }
    }
  }
} finally {
  await browser.close();
  await running.close();
  rmSync(dataFolder, { recursive: true });
}

/** Keys in every state, with long and right-to-left names, and members. */
async function prepare() {
  const installation = await openInstallation({ dataFolder });
  const { accountId: account } = await firstStart(installation);
  for (const [index, applicationName] of NAMES.entries()) {
    const { key } = await createKey(installation, account, SYSTEM, {
      applicationName,
      developerName: "Jane Doe",
      description: index % 3 === 0 ? "Copies what changed yesterday." : undefined,
      category: "data",
      permissions: ["data-access"],
      expiresAt: index === 2 ? new Date(Date.now() + 5 * 86_400_000).toISOString() : undefined,
    });
    if (index % 10 === 9) await setEnabled(installation, account, SYSTEM, key.id, false);
  }
  for (const [username, role] of [
    ["ann.with-a-very-long-name@subsidiary.example", "Campaign Manager"],
    ["bob", "Viewer"],
    ["weather.bot", "Agent"],
  ]) {
    await createUser(installation, account, SYSTEM, { username, role });
  }
  for (const [applicationName, developerName] of [
    [NAMES[0], "Jane Doe"],
    [NAMES[1], "Example Printers"],
    ["Printer", "Example Printers"],
  ]) {
    printer = await registerApplication(installation, account, SYSTEM, {
      applicationName,
      developerName,
      access: ["See your name and role", "Print your photos"],
      callbacks: ["https://printer.example.com/connected?from=console", "oob"],
    });
    if (applicationName === NAMES[1]) {
      await setApplicationEnabled(installation, account, SYSTEM, printer.application.id, false);
    }
  }
  await installation.close();
  return account;
}

/** The cookies of an administrator. */
async function signIn() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(running.oneTimeLink);
  await page.getByLabel("Password", { exact: false }).first().fill(PASSWORD);
  await page.getByLabel("Confirm password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Members" }).first().waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** The pages, by the names of their files. */
async function addresses(state) {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  await page.goto(`${running.origin}/api-keys/new`);
  await page.getByLabel("Application name").fill("Weather");
  await page.getByLabel("Developer name").fill("Jane Doe");
  await page.getByLabel("Category").selectOption("Data");
  await page.getByLabel("Data Access API").check();
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog");
  const values = await dialog.locator("code").allTextContents();
  const [identifier, sharedSecret, token, tokenSecret] = values.map((text) => text.trim());
  await call({ identifier, sharedSecret }, { identifier: token, sharedSecret: tokenSecret });
  await call({ identifier, sharedSecret }, { identifier: token, sharedSecret: "wrong" });
  const { keys } = await (
    await context.request.get(`${running.origin}/api/console/keys?search=Weather`)
  ).json();
  const { users } = await (await context.request.get(`${running.origin}/api/console/users`)).json();
  await connect(page);
  await connect(page);
  const consent = await temporary();
  await context.close();
  const signed = `curl -H 'Authorization: OAuth oauth_consumer_key="key", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1191242096", oauth_nonce="n", oauth_signature="wrong"' 'https://api.example.com/photos?q=a+b'`;
  return {
    "sign-in": { path: "/api-keys", isSignedOut: true },
    welcome: { path: "/welcome#none", isSignedOut: true },
    list: { path: "/api-keys", prepared: async () => {} },
    "list-no-match": { path: "/api-keys?search=nothing" },
    new: { path: "/api-keys/new" },
    "new-with-errors": {
      path: "/api-keys/new",
      prepared: (one) => one.getByRole("button", { name: "Save" }).click(),
    },
    key: { path: `/api-keys/${keys[0].id}` },
    applications: { path: "/applications" },
    application: { path: `/applications/${printer.application.id}` },
    "application-new": { path: "/applications/new" },
    consent: { path: `/oauth/authorize?oauth_token=${consent.identifier}` },
    members: { path: "/members" },
    member: { path: `/members/${users[0].id}` },
    activity: { path: "/activity", prepared: async () => {} },
    account: { path: "/account" },
    playground: { path: "/playground" },
    inspector: { path: "/inspector" },
    "inspector-with-request": {
      path: "/inspector",
      prepared: (one) => one.getByRole("textbox").first().fill(signed),
    },
    conformance: { path: "/conformance" },
    "not-found": { path: "/nowhere" },
  };
}

/** The first step of an application. */
function temporary() {
  const { client } = printer.credentials;
  return requestTemporaryCredentials(`${running.origin}/oauth/initiate`, {
    ...{ client, callback: "oob", allowInsecureTransport: true },
  });
}

/** Gives an application access. */
async function connect(page) {
  const temporaryCredentials = await temporary();
  await page.goto(
    authorizationUrl(`${running.origin}/oauth/authorize`, temporaryCredentials).toString(),
  );
  await page.getByRole("button", { name: "Allow" }).click();
  const verifier = await page.locator("code").textContent();
  const { client } = printer.credentials;
  await requestTokenCredentials(`${running.origin}/oauth/token`, {
    ...{ client, temporaryCredentials, verifier, allowInsecureTransport: true },
  });
}

/** A signed call of the protected API, right or wrong. */
async function call(client, token) {
  const url = `${running.origin}/api/account/${accountId}/echo/data/data-access`;
  const { headers } = createSigner({ client, token }).sign({ method: "GET", url });
  await fetch(url, { headers });
}
