// The settings of docs/guides/proxies-and-serverless.md, with nginx in front, its function for Lambda, and the
// stores of docs/guides/many-processes.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { freePort, isMissing, startNginx, startPostgres, startRedis } from "@oauth1/test-servers";
import type { VerifierOptions } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { createClient } from "redis";
import { afterAll, describe, expect, it } from "vitest";
import { signed, testVerifier } from "./verifying-server.js";

const guides = new URL("../../../docs/guides/", import.meta.url);

function block(page: string, info: string): string {
  const text = readFileSync(new URL(page, guides), "utf8");
  const found = new RegExp(`^\`\`\`${info}\\n(.*?)^\`\`\`$`, "ms").exec(text)?.[1];
  if (found === undefined) throw new Error(`${page} must have a block ${info}`);
  return found;
}

const PAGE = "proxies-and-serverless.md";

describe.skipIf(isMissing("nginx"))("behind nginx", () => {
  // Each case: the setting, the origin that the client calls (else nginx's), and the path.
  it.each([
    ["one-origin", "https://api.example.com", "/photos"],
    ["several-hosts", undefined, "/photos"],
    ["removed-path", "https://api.example.com", "/api/photos"],
  ])("the setting %s verifies what clients call, and nothing else", async (name, origin, path) => {
    const options: Partial<VerifierOptions> = new Function(
      `${block(PAGE, `js ${name}`)}; return options;`,
    )();
    const server = createServer(
      nodeVerifier(testVerifier(options as never), (_, response) => response.end("verified")),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const nginx = await startNginx(
      block(PAGE, `nginx ${name}`).replace("127.0.0.1:3000", `127.0.0.1:${port}`),
    );
    try {
      const target = `${path}/a%2Fb?size=a+b%20c`;
      const call = async (called: string) => {
        const { headers } = signed({ method: "GET", url: `${called}${target}` });
        return (await fetch(`${nginx.url}${target}`, { headers })).status;
      };
      expect(await call(origin ?? nginx.url)).toBe(200);
      expect(await call(`http://127.0.0.1:${port}`)).toBe(401);
    } finally {
      await nginx.stop();
      server.close();
      server.closeAllConnections();
    }
  });
});

const folder = mkdtempSync(fileURLToPath(new URL("./.guides-", import.meta.url)));
symlinkSync(
  fileURLToPath(new URL("../node_modules", import.meta.url)),
  join(folder, "node_modules"),
);
afterAll(() => rmSync(folder, { recursive: true }));

describe("the function for Lambda", () => {
  it("verifies the raw query and a body in base64", async () => {
    writeFileSync(join(folder, "lambda.mjs"), block(PAGE, "js lambda.mjs"));
    writeFileSync(join(folder, "verifier.mjs"), block("frameworks.md", "js verifier.mjs"));
    const { handler } = await import(pathToFileURL(join(folder, "lambda.mjs")).href);
    const request = { method: "POST", url: "https://api.example.com/photos?a=1&a=2%2C3" };
    const form = "title=Ladies+%2B+Gentlemen";
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const sent = signed({ ...request, headers, body: form }, { token: undefined });
    const event = {
      rawPath: "/photos",
      rawQueryString: "a=1&a=2%2C3",
      headers: sent.headers,
      requestContext: { domainName: "api.example.com", http: { method: "POST" } },
      body: Buffer.from(form).toString("base64"),
      isBase64Encoded: true,
    };
    expect(await handler(event)).toEqual({
      statusCode: 200,
      body: '{"name":"Jane","title":"Ladies + Gentlemen"}',
    });
    expect(await handler(event)).toMatchObject({
      statusCode: 401,
      body: "oauth_problem=nonce_used",
    });
  });
});

describe("the stores of the guide for many processes", () => {
  /** Runs a block of the guide, and spends a nonce twice. */
  function spendTwice(name: string, env: Record<string, string> = {}): unknown {
    const nonce = {
      client: "dpf43f3p2l4k3l03",
      timestamp: Math.floor(Date.now() / 1000) + 60,
      nonce: "wIjqoS",
    };
    const given = JSON.stringify({ ...nonce, expires: nonce.timestamp + 300 });
    writeFileSync(
      join(folder, `${name}.mjs`),
      `${block("many-processes.md", `js ${name}.mjs`)}
console.log(JSON.stringify([await nonces.spend(${given}), await nonces.spend(${given})]));
process.exit();`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, `${name}.mjs`)], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", ...env },
    });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout);
  }

  it("memory", () => {
    expect(spendTwice("memory")).toEqual(["fresh", "used"]);
  });

  it.skipIf(isMissing("redis"))("Redis", async () => {
    const server = await startRedis();
    try {
      expect(spendTwice("redis", { REDIS_URL: server.url })).toEqual(["fresh", "used"]);
    } finally {
      await server.stop();
    }
  });

  it.skipIf(isMissing("redis"))("Redis Cluster", async () => {
    const bus = String(await freePort());
    const server = await startRedis({
      settings: { "cluster-enabled": "yes", "cluster-port": bus },
    });
    const client = await createClient({ url: server.url }).connect();
    try {
      await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
      await expect
        .poll(() => client.sendCommand(["CLUSTER", "INFO"]))
        .toContain("cluster_state:ok");
      expect(spendTwice("redis-cluster", { REDIS_URL: server.url })).toEqual(["fresh", "used"]);
    } finally {
      client.destroy();
      await server.stop();
    }
  });

  it.skipIf(isMissing("postgres"))("PostgreSQL", async () => {
    const server = await startPostgres();
    try {
      expect(spendTwice("postgres", { DATABASE_URL: server.url })).toEqual(["fresh", "used"]);
    } finally {
      await server.stop();
    }
  });
});
