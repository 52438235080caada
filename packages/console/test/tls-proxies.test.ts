// The console behind nginx, Caddy and HAProxy with TLS, in the configurations of the guide
// docs/run-the-console.md.
import { readFileSync, rmSync } from "node:fs";
import { type RunningConsole, startConsole } from "@oauth1/console";
import { createSigner } from "@oauth1/signer";
import {
  freePort,
  isMissing,
  type ProxyName,
  type ProxyPlace,
  startTlsProxy,
  type TlsProxy,
} from "@oauth1/test-servers";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freshDataFolder } from "./data-folder.js";
import { type HttpsClient, type HttpVersion, httpsClient } from "./https-client.js";
import type { Created } from "./processes.js";

const GUIDE = readFileSync(new URL("../../../docs/run-the-console.md", import.meta.url), "utf8");
const LANGUAGES = { nginx: "nginx", caddy: "caddyfile", haproxy: "haproxy" };
const LABELS = { nginx: "nginx", caddy: "Caddy", haproxy: "HAProxy" };
const VERSIONS: readonly HttpVersion[] = ["HTTP/1.1", "HTTP/2"];
const PASSWORD = "a long password for tests";

/** Returns the configuration of the guide, with the places of the test. */
function configurationOf(proxy: ProxyName, publicPath: string, consolePort: number) {
  return ({ port, certificate, key, certificateAndKey }: ProxyPlace) => {
    const replacements = [
      ["127.0.0.1:5849", `127.0.0.1:${consolePort}`],
      ["/etc/ssl/keys.example.com.crt", certificate],
      ["/etc/ssl/keys.example.com.key", key],
      ["/etc/ssl/keys.example.com.pem", certificateAndKey],
      ["listen 443", `listen ${port}`],
      ["bind :443", `bind 127.0.0.1:${port}`],
      ["keys.example.com {", `https://localhost:${port} {`],
      ["keys.example.com", "localhost"],
    ] as const;
    let text = codeOf(LANGUAGES[proxy]);
    if (publicPath !== "") {
      const [, from = "", to = ""] = rowOf(LABELS[proxy]);
      text = replaced(text, from, to).replace("uri /health", "uri /keys/health");
    }
    for (const [from, to] of replacements) text = text.replaceAll(from, to);
    return text;
  };
}

function codeOf(language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(GUIDE)?.[1];
  if (code === undefined) throw new Error(`the guide must contain a block in ${language}`);
  return code;
}

/** Returns the cells of the row that says how to serve a path. */
function rowOf(label: string): string[] {
  const row = new RegExp(`^\\| ${label} .*$`, "m").exec(GUIDE)?.[0];
  if (row === undefined) throw new Error(`the guide must contain a row for ${label}`);
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("`", ""));
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the configuration must contain "${from}"`);
  return text.replace(from, to);
}

/** A session of the administrator. */
interface SignedIn {
  readonly accountId: string;
  readonly headers: Readonly<Record<string, string>>;
}

for (const name of ["nginx", "caddy", "haproxy"] as const) {
  for (const publicPath of ["", "/keys"]) {
    const title = `behind ${LABELS[name]}${publicPath === "" ? "" : `, below ${publicPath}`}`;
    describe.skipIf(isMissing(name))(title, () => {
      let dataFolder: string;
      let proxy: TlsProxy;
      let running: RunningConsole;
      let user: SignedIn;

      const clientOf = (version: HttpVersion, address: string): HttpsClient => {
        const send = httpsClient(version, proxy.url, proxy.certificate, address);
        return (sent) => send({ ...sent, target: `${publicPath}${sent.target}` });
      };

      beforeAll(async () => {
        dataFolder = await freshDataFolder();
        // The console needs the proxy's origin, and the proxy the console's port.
        const consolePort = await freePort();
        proxy = await startTlsProxy(name, configurationOf(name, publicPath, consolePort));
        running = await startConsole({
          port: consolePort,
          dataFolder,
          publicOrigin: proxy.url,
          ...(publicPath === "" ? {} : { publicPath }),
          trustedProxies: { addresses: ["127.0.0.1"], fields: ["x-forwarded-for"] },
          log: pino({ level: "silent" }),
        });
        // HAProxy has marked the console as down, and checks again after some seconds.
        await vi.waitFor(
          async () => {
            const { status } = await clientOf("HTTP/1.1", "127.0.0.9")({ target: "/health" });
            expect(status).toBe(200);
          },
          { timeout: 120_000, interval: 200 },
        );
      });
      afterAll(async () => {
        await running?.close();
        await proxy?.stop();
        rmSync(dataFolder, { recursive: true, force: true });
      });

      it("opens a session with secure cookies by the one-time link", async () => {
        const token = new URL(running.oneTimeLink ?? "").hash.slice(1);
        expect(running.oneTimeLink).toBe(`${proxy.url}${publicPath}/welcome#${token}`);
        const answer = await clientOf(
          "HTTP/2",
          "127.0.0.2",
        )({
          method: "POST",
          target: "/api/console/password",
          headers: { Origin: proxy.url },
          body: { token, password: PASSWORD },
        });
        expect(answer.status).toBe(200);
        const prefix = publicPath === "" ? "__Host-" : "__Secure-";
        const path = publicPath || "/";
        expect(answer.cookies).toEqual(
          ["console", "device"].map((kind) =>
            expect.stringMatching(
              new RegExp(
                `^${prefix}oauth1-${kind}=[^;]+; Path=${path}; .*HttpOnly; Secure; SameSite=Strict$`,
              ),
            ),
          ),
        );
      });

      it.each(VERSIONS)("signs in over %s, and shows the client's address", async (version) => {
        const send = clientOf(version, "127.0.0.2");
        const answer = await send({
          method: "POST",
          target: "/api/console/session",
          headers: { Origin: proxy.url, "X-Forwarded-For": "192.0.2.1" },
          body: { username: "admin", password: PASSWORD },
        });
        expect(answer.status).toBe(200);
        const { account, csrfToken } = JSON.parse(answer.body);
        const cookies = answer.cookies.map((each) => each.split(";")[0]).join("; ");
        const headers = { Cookie: cookies, "X-CSRF-Token": csrfToken, Origin: proxy.url };
        user = { accountId: account.id, headers };
        const { body } = await send({ target: "/api/console/sessions", headers });
        const { sessions } = JSON.parse(body);
        expect(sessions.length).toBeGreaterThan(0);
        for (const { address } of sessions) expect(address).toBe("127.0.0.2");
      });

      it.each(VERSIONS)("verifies a signed request over %s once", async (version) => {
        const { client, token, path } = await createdKey(user);
        const signer = createSigner({ client, token });
        // Spellings that a proxy could change: each changes the signature.
        const target = `${path}?a=%7Eb&c=d%20e&c=f+g&h=%2f%2F&i=%C3%BC&&j`;
        const signed = signer.sign({ method: "GET", url: `${running.url}${target}` });
        const send = clientOf(version, "127.0.0.3");
        const call = () => send({ target, headers: { ...signed.headers } });
        const answer = await call();
        expect(answer.status, answer.body).toBe(200);
        expect(JSON.parse(answer.body).url).toBe(`${running.url}${path}`);
        const again = await call();
        expect(again).toMatchObject({ status: 401, body: "oauth_problem=nonce_used" });
      });

      it("writes the client's address into the audit log", async () => {
        await createdKey(user, clientOf("HTTP/2", "127.0.0.4"));
        const { body } = await clientOf(
          "HTTP/1.1",
          "127.0.0.2",
        )({
          target: "/api/console/audit?pageSize=1",
          headers: user.headers,
        });
        expect(JSON.parse(body).entries[0]).toMatchObject({
          action: "key created",
          address: "127.0.0.4",
        });
      });

      it("counts each client separately, whatever addresses the client itself claims", async () => {
        const statusesOf = async (address: string) => {
          const send = clientOf("HTTP/1.1", address);
          const statuses = [];
          for (let index = 0; index < 22; index++) {
            const { status } = await send({
              method: "POST",
              target: "/api/console/one-time-link",
              headers: { Origin: proxy.url, "X-Forwarded-For": `198.51.100.${index}` },
              body: { token: "x" },
            });
            statuses.push(status);
          }
          return statuses;
        };
        expect(await statusesOf("127.0.0.5")).toEqual([...Array(20).fill(410), 429, 429]);
        const { status } = await clientOf(
          "HTTP/2",
          "127.0.0.6",
        )({
          method: "POST",
          target: "/api/console/one-time-link",
          body: { token: "x" },
        });
        expect(status).toBe(410);
      });

      it("serves the page and its files", async () => {
        const send = clientOf("HTTP/2", "127.0.0.2");
        const { body, status } = await send({ target: "/api-keys/new" });
        expect(status).toBe(200);
        const addresses = [...body.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, each]) => each);
        expect(addresses.length).toBeGreaterThan(2);
        for (const address of addresses) {
          expect(address?.startsWith(`${publicPath}/`)).toBe(true);
          const target = address?.slice(publicPath.length) ?? "";
          expect((await send({ target })).status).toBe(200);
        }
      });

      async function createdKey(
        { accountId, headers }: SignedIn,
        send = clientOf("HTTP/1.1", "127.0.0.2"),
      ) {
        const { body, status } = await send({
          method: "POST",
          target: "/api/console/keys",
          headers,
          body: {
            applicationName: "Proxies",
            developerName: "Jane Doe",
            category: "data",
            permissions: ["data-access"],
          },
        });
        expect(status, body).toBe(201);
        const { credentials } = JSON.parse(body) as Created;
        return { ...credentials, path: `/api/account/${accountId}/echo/data/data-access` };
      }
    });
  }
}
