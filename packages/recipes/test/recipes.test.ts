// Each program of docs/recipes against a stand-in that verifies with oauthlib.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  hasOauthlib,
  type Provider,
  type Received,
  startProvider,
} from "../../client/test/provider/provider.js";
import { fenced, pageText, programFolder, type Run, runProgram, writeProgram } from "./program.js";

const PAGES = fileURLToPath(new URL("../../../docs/recipes/", import.meta.url));
const pages = readdirSync(PAGES).filter((file) => file !== "README.md");
const files = mkdtempSync(join(tmpdir(), "oauth1-recipes-"));
const programs = programFolder();
const certificate = join(files, "certificate.pem");
const key = join(files, "key.pem");
const rsaKey = join(files, "rsa.pem");
const PASSPHRASE = "pass phrase";
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const sources: Record<string, string> = {};

beforeAll(() => {
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"],
      ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
    ],
    { stdio: "pipe" },
  );
  writeFileSync(rsaKey, privateKey);
  const encrypted = ["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", `pass:${PASSPHRASE}`];
  execFileSync("openssl", [...encrypted, "-in", rsaKey, "-out", `${rsaKey}.encrypted`]);
  for (const page of pages) {
    sources[page] = writeProgram(programs.path, page, fenced(`recipes/${page}`, "ts recipe"));
  }
});
afterAll(() => {
  programs.remove();
  rmSync(files, { recursive: true });
});

/** The command of a page's program, and the requests that it must send. */
interface Recipe {
  /** Names of the variables: client's identifier and secret, token's identifier and secret. */
  readonly credentials: readonly string[];
  readonly paths?: Readonly<Record<"initiate" | "authorize" | "token", string>>;
  readonly environment?: Record<string, string>;
  readonly plainHttp?: boolean;
  /** The user's actions while the program runs. */
  readonly user?: (run: Run, port: string) => Promise<void>;
  /** The number of requests that the server must receive. */
  readonly requests: number;
  readonly check?: (received: readonly Received[]) => void;
  /** A part of the output that only a successful program prints. */
  readonly prints?: RegExp;
}

/** The body of a page that a browser shows, and the target of its redirect. */
function browse(url: string): Promise<{ readonly body: string; readonly location: string }> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { ca: readFileSync(certificate) }, async (response) => {
        let body = "";
        for await (const chunk of response.setEncoding("utf8")) body += chunk;
        resolve({ body, location: response.headers.location ?? "" });
      })
      .on("error", reject);
  });
}

/** Opens the page that the program names, and types in the code that the page shows. */
async function typeInVerifier(run: Run): Promise<void> {
  const [, page = ""] = await run.printed(/Open (\S+)\nand type in the code: /);
  const { body } = await browse(page);
  run.process.stdin.end(`${new URLSearchParams(body).get("oauth_verifier")}\n`);
}

const VALUES = ["d392e7ff!2e20", "s3cr+et/&%", "61adad31204a", "t0ken s3cr=et☃"];
const MAAS_CONSUMER = "maas-consumer";
const CSRF_TOKEN = "5f3e+\\";

const recipes: Record<string, Recipe> = {
  "api-keys.md": {
    credentials: ["APP_KEY", "SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"],
    environment: { ACCOUNT: "56072331" },
    requests: 1,
  },
  "x.md": {
    credentials: ["API_KEY", "API_KEY_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"],
    requests: 2,
    check: ([posted, updated]) => {
      expect(posted?.headers["content-type"]).toBe("application/json");
      expect(posted?.parameters).toEqual([]);
      expect(updated?.parameters).toContainEqual([
        "status",
        "Hello Ladies + Gentlemen, a signed OAuth request!",
      ]);
    },
  },
  "tumblr.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN", "TOKEN_SECRET"],
    requests: 2,
  },
  "flickr.md": {
    credentials: ["KEY", "SECRET"],
    paths: {
      initiate: "/services/oauth/request_token",
      authorize: "/services/oauth/authorize",
      token: "/services/oauth/access_token",
    },
    user: typeInVerifier,
    requests: 3,
    check: (received) =>
      expect(received.map(({ method }) => method)).toEqual(["GET", "GET", "GET"]),
  },
  "discogs.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET"],
    paths: {
      initiate: "/oauth/request_token",
      authorize: "/oauth/authorize",
      token: "/oauth/access_token",
    },
    user: typeInVerifier,
    requests: 3,
    check: (received) => {
      for (const { headers } of received) expect(headers["user-agent"]).toContain("Example");
    },
  },
  "trello.md": {
    credentials: ["KEY", "SECRET"],
    paths: {
      initiate: "/1/OAuthGetRequestToken",
      authorize: "/1/OAuthAuthorizeToken",
      token: "/1/OAuthGetAccessToken",
    },
    user: async (run, port) => {
      const [, page = ""] = await run.printed(/Open (\S+)\n/);
      const { location } = await browse(page);
      expect(location).toMatch(`http://127.0.0.1:${port}/cb?`);
      expect(await (await fetch(location)).text()).toBe("You can close this page.");
    },
    requests: 3,
  },
  "netsuite.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN_ID", "TOKEN_SECRET"],
    environment: { ACCOUNT: "1234567_SB1" },
    requests: 1,
    check: ([received]) => expect(received?.realm).toBe("1234567_SB1"),
  },
  "mastercard.md": {
    credentials: ["CONSUMER_KEY"],
    environment: { KEY_FILE: `${rsaKey}.encrypted`, PASSPHRASE },
    requests: 1,
    // The stand-in compares it with its own hash.
    check: ([received]) => expect(received?.protocolParameters).toHaveProperty("oauth_body_hash"),
  },
  "woocommerce.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET"],
    plainHttp: true,
    requests: 2,
    check: ([received]) => expect(received?.headers).not.toHaveProperty("authorization"),
  },
  "magento.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"],
    requests: 1,
    check: ([received]) =>
      expect(received?.parameters).toContainEqual(["searchCriteria[pageSize]", "10"]),
  },
  "jira.md": {
    credentials: ["CONSUMER_KEY"],
    environment: { KEY_FILE: rsaKey },
    paths: {
      initiate: "/plugins/servlet/oauth/request-token",
      authorize: "/plugins/servlet/oauth/authorize",
      token: "/plugins/servlet/oauth/access-token",
    },
    user: typeInVerifier,
    requests: 3,
  },
  "garmin.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET", "USER_ACCESS_TOKEN", "TOKEN_SECRET"],
    requests: 1,
  },
  "schoology.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET"],
    requests: 1,
    check: ([received]) => expect(received?.protocolParameters).not.toHaveProperty("oauth_token"),
  },
  "lti.md": {
    credentials: ["KEY", "SECRET"],
    // The client package tests the browser's part with Chromium.
    requests: 1,
  },
  "here.md": {
    credentials: ["ACCESS_KEY_ID", "ACCESS_KEY_SECRET"],
    requests: 1,
    prints: /Ulm/,
    check: ([received]) =>
      expect(received?.parameters).toEqual([["grant_type", "client_credentials"]]),
  },
  "maas.md": {
    credentials: [],
    environment: { API_KEY: `${MAAS_CONSUMER}:${VALUES[2]}:${VALUES[3]}` },
    requests: 1,
    check: ([received]) =>
      expect(received?.headers["authorization"]).toContain('oauth_signature="%26t0ken'),
  },
  "etrade.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET"],
    paths: {
      initiate: "/oauth/request_token",
      authorize: "/e/t/etws/authorize",
      token: "/oauth/access_token",
    },
    user: typeInVerifier,
    requests: 4,
    check: (received) => {
      for (const { method, headers } of received) {
        expect(method).toBe("GET");
        expect(headers["authorization"]).toMatch(/^OAuth realm="", /);
      }
      expect(received[0]?.protocolParameters["oauth_callback"]).toBe("oob");
    },
  },
  "clever-cloud.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET", "USER_TOKEN", "USER_TOKEN_SECRET"],
    requests: 1,
  },
  "smugmug.md": {
    credentials: ["API_KEY", "API_KEY_SECRET"],
    paths: {
      initiate: "/services/oauth/1.0a/getRequestToken",
      authorize: "/services/oauth/1.0a/authorize",
      token: "/services/oauth/1.0a/getAccessToken",
    },
    user: async (run) => {
      const [, page = ""] = await run.printed(/Open (\S+)\n/);
      expect(new URL(page).search).toMatch(/&Access=Full&Permissions=Read$/);
      await typeInVerifier(run);
    },
    requests: 3,
    check: (received) => expect(received[2]?.target).toBe("/api/v2!authuser"),
  },
  "cardmarket.md": {
    credentials: ["APP_TOKEN", "APP_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"],
    requests: 1,
    check: ([received]) => {
      const uri = `https://${received?.headers["host"]}${received?.target.split("?")[0]}`;
      expect(received?.realm).toBe(uri);
      expect(received?.target).toContain("?start=0");
    },
  },
  "mediawiki.md": {
    credentials: ["CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET"],
    requests: 2,
    check: ([, edited]) => expect(edited?.parameters).toContainEqual(["token", CSRF_TOKEN]),
  },
};

it("every page has a test", () => {
  expect(Object.keys(recipes).sort()).toEqual([...pages].sort());
});

/** The rows of the table in README.md by their page. */
const table = new Map(
  pageText("recipes/README.md")
    .split("\n")
    .filter((line) => /^\| \[/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, service = "", method, realm, transmission, , , sources = ""]) => [
      /\(([^)]+)\)/.exec(service)?.[1],
      { method, realm, transmission, sources: [...sources.matchAll(/\((http[^)]+)\)/g)] },
    ]),
);

it("the table lists every page with its sources", () => {
  for (const page of pages) {
    const cited = pageText(`recipes/${page}`).matchAll(/<(http[^>]+)>/g);
    const row = table.get(page)?.sources.map(([, address]) => address);
    expect(row, page).toEqual([...cited].map(([, address]) => address));
    expect(row?.length, page).toBeGreaterThan(0);
  }
});

it("the guide lists every announced end", () => {
  const listed = pageText("guides/leaving-oauth-1.md").matchAll(
    /\.\.\/recipes\/([\w-]+\.md)#announced-end/g,
  );
  const announced = pages.filter((page) => /^## Announced end$/m.test(pageText(`recipes/${page}`)));
  expect(announced.length).toBeGreaterThan(0);
  expect([...listed].map(([, page]) => page).sort()).toEqual([...announced].sort());
});

const [identifier = "", secret = "", token = "", tokenSecret = ""] = VALUES;

describe.skipIf(!hasOauthlib)("against the stand-in", () => {
  let overTls: Provider;
  let inTheClear: Provider;
  beforeAll(async () => {
    const port = await freePort();
    const pathsOf = (step: "initiate" | "authorize" | "token") =>
      Object.values(recipes).flatMap(({ paths }) => paths?.[step] ?? []);
    const clients = {
      [identifier]: { secret, public_key: publicKey },
      [MAAS_CONSUMER]: { secret: "" },
    };
    overTls = await startProvider({
      clients,
      tokens: { [token]: tokenSecret },
      tls: { certificate, key },
      port,
      paths: {
        initiate: pathsOf("initiate"),
        authorize: pathsOf("authorize"),
        token: pathsOf("token"),
      },
      unsigned: {
        "/api/account/56072331/service/accountConfigReadOnly/baseURI.json": JSON.stringify({
          service: "accountConfigReadOnly",
          account: "56072331",
          baseURI: `127.0.0.1:${port}`,
        }),
      },
      signed: {
        "/oauth2/token": JSON.stringify({ access_token: "h3re", expires_in: 86399 }),
        "/w/api.php": JSON.stringify({ query: { tokens: { csrftoken: CSRF_TOKEN } } }),
      },
      bearer: { "/v1/revgeocode": { token: "h3re", answer: '{"items":[{"title":"Ulm"}]}' } },
    });
    inTheClear = await startProvider({ clients });
  });
  afterAll(() => Promise.all([overTls?.stop(), inTheClear?.stop()]));

  it.each(Object.entries(recipes))(
    "the program of %s sends verified requests",
    async (page, recipe) => {
      const provider = recipe.plainHttp ? inTheClear : overTls;
      await provider.received();
      const callbackPort = String(await freePort());
      const run = runProgram(sources[page] ?? "", {
        NODE_EXTRA_CA_CERTS: certificate,
        BASE: provider.origin,
        SITE: provider.origin,
        PORT: callbackPort,
        ...Object.fromEntries(recipe.credentials.map((name, index) => [name, VALUES[index] ?? ""])),
        ...recipe.environment,
      });
      await recipe.user?.(run, callbackPort);
      const output = await run.output;
      if (page === "lti.md") await postForm(output);
      const received = await provider.received();
      expect(received.map(({ verified }) => verified)).toEqual(
        Array.from({ length: recipe.requests }, () => true),
      );
      recipe.check?.(received);
      if (recipe.prints) expect(output).toMatch(recipe.prints);

      const row = table.get(page);
      for (const { signatureMethod, realm, transmission } of received) {
        expect({ method: signatureMethod, transmission }).toEqual({
          method: row?.method,
          transmission: row?.transmission,
        });
        // These two realms differ between accounts and requests: see their `check`.
        if (row?.realm !== "account ID" && row?.realm !== "request URI") {
          expect(realm ?? "").toBe(row?.realm);
        }
      }
    },
  );

  it("a program reports that a wrong secret is not verified", async () => {
    const run = runProgram(sources["tumblr.md"] ?? "", {
      NODE_EXTRA_CA_CERTS: certificate,
      BASE: overTls.origin,
      CONSUMER_KEY: identifier,
      CONSUMER_SECRET: "wrong",
      TOKEN: token,
      TOKEN_SECRET: tokenSecret,
    });
    await expect(run.output).rejects.toThrow("401");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Posts the only form of a page like a browser. */
async function postForm(html: string): Promise<void> {
  const text = (escaped = "") =>
    escaped
      .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const action = text(/<form method="post" action="([^"]*)"/.exec(html)?.[1]);
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const body = new URLSearchParams(fields.map(([, name, value]) => [text(name), text(value)]));
  const request = https.request(action, {
    method: "POST",
    ca: readFileSync(certificate),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  await new Promise<void>((resolve, reject) => {
    request.on("error", reject).on("response", (response) => {
      response.resume().on("end", resolve);
    });
    request.end(String(body));
  });
}
