// The programs of docs/guides/http-clients.md against a server that verifies with oauthlib, the servers of
// docs/guides/frameworks.md with signed requests, and the tool of docs/guides/lti.md with launches.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ltiLaunch } from "@oauth1/client/lti";
import { createSigner } from "@oauth1/signer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fenced, PYTHON, pageText } from "./program.js";

/** Upper bound on a loaded machine. */
const TIMEOUT = 60_000;
const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));

/** A folder with the programs of a page, and the packages that it installs. */
function folderOf(page: string, packages: Readonly<Record<string, readonly string[]>>): string {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-guides-"));
  for (const [, file = "", code = ""] of pageText(page).matchAll(/^```js (\S+)\n(.*?)^```$/gms)) {
    writeFileSync(join(folder, file), code);
  }
  for (const [home, names] of Object.entries(packages)) {
    for (const name of names) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      const installed = join(PACKAGES, home, "node_modules", name);
      symlinkSync(
        name === `@oauth1/${home}` ? join(PACKAGES, home) : realpathSync(installed),
        link,
      );
    }
  }
  return folder;
}

function namesOf(page: string): string[] {
  return Array.from(pageText(page).matchAll(/^```js (\S+)\.mjs$/gm), ([, name = ""]) => name);
}

describe("the programs of guides/http-clients.md", () => {
  const page = "guides/http-clients.md";
  const folder = folderOf(page, {
    client: ["@oauth1/client", "@oauth1/signer", "axios", "got", "ky", "superagent", "undici"],
  });
  const hasOauthlib = spawnSync(PYTHON, ["-c", "import oauthlib"]).status === 0;
  if (!hasOauthlib && !process.env["CI"]) {
    console.warn(`NOT TESTED: ${page}, because ${PYTHON} has no oauthlib`);
  }
  let server: ChildProcess;
  let origin = "";
  beforeAll(async () => {
    const script = join(PACKAGES, "client/test/verifying_server.py");
    server = spawn(PYTHON, [script], { stdio: ["ignore", "pipe", "inherit"] });
    if (server.stdout === null) throw new Error("no output");
    const [port] = await once(createInterface(server.stdout), "line");
    origin = `http://127.0.0.1:${port}`;
  }, TIMEOUT);
  afterAll(() => {
    server?.kill();
    rmSync(folder, { recursive: true });
  });

  const programs = namesOf(page).filter((name) => name !== "signer");
  it("cover each adapter", () => {
    expect(programs).toHaveLength(8);
  });

  it.skipIf(!hasOauthlib && !process.env["CI"]).each(programs)(
    "sign by %s, as oauthlib verifies",
    { timeout: TIMEOUT },
    (name) => {
      const { stdout, stderr } = spawnSync(process.execPath, [`${name}.mjs`], {
        cwd: folder,
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"],
          API: origin,
          OAUTH1_CLIENT_IDENTIFIER: "dpf43f3p2l4k3l03",
          OAUTH1_CLIENT_SHARED_SECRET: "kd94hf93k423kf44",
          OAUTH1_TOKEN_IDENTIFIER: "nnch734d00sl2jdk",
          OAUTH1_TOKEN_SHARED_SECRET: "pfkkdhi9sl3r4s00",
        },
      });
      const expected = name === "any-other" ? "POST 200\n" : "GET 200\nPOST 200\n";
      expect(stdout, stderr).toBe(expected);
    },
  );
});

describe("the servers of guides/frameworks.md", () => {
  const page = "guides/frameworks.md";
  const folder = folderOf(page, {
    verifier: [
      "@oauth1/verifier",
      "@oauth1/signature-methods",
      "@hono/node-server",
      "express",
      "fastify",
      "hono",
    ],
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const signer = createSigner({
    client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  });

  /** Sends a signed request, a copy of it, and one without a signature. */
  async function expectProtected(
    url: string,
    send: (url: string, init: RequestInit) => Promise<Response>,
  ) {
    const body = new URLSearchParams({ title: "Ladies + Gentlemen" });
    const { method, headers, body: text } = signer.sign({ method: "POST", url, body });
    const first = await send(url, { method, headers, body: text });
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({ name: "Jane", title: "Ladies + Gentlemen" });
    const copy = await send(url, { method, headers, body: text });
    expect([copy.status, await copy.text()]).toEqual([401, "oauth_problem=nonce_used"]);
    const unsigned = await send(url, { method: "POST" });
    expect(unsigned.status).toBe(401);
    expect(unsigned.headers.get("WWW-Authenticate")).toContain('realm="Photos"');
  }

  const servers = namesOf(page).filter((name) => !["verifier", "photos"].includes(name));
  it("cover each adapter", () => {
    expect(servers).toHaveLength(4);
  });

  it.each(servers)("verify by %s", { timeout: TIMEOUT }, async (name) => {
    const port = await freePort();
    const child = spawn(process.execPath, [`${name}.mjs`], {
      cwd: folder,
      env: { PATH: process.env["PATH"], PORT: String(port) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      expect(await once(createInterface(child.stdout), "line")).toEqual(["ready"]);
      await expectProtected(`http://127.0.0.1:${port}/photos`, fetch);
    } finally {
      child.kill();
    }
  });

  it("verify a Request by photos", { timeout: TIMEOUT }, async () => {
    const { createPhoto } = await import(pathToFileURL(join(folder, "photos.mjs")).href);
    await expectProtected("https://api.example.com/photos", (url, init) =>
      createPhoto(new Request(url, init)),
    );
  });
});

describe("the programs of guides/lti.md", () => {
  const page = "guides/lti.md";
  const folder = folderOf(page, {
    verifier: ["@oauth1/verifier", "express"],
    client: ["@oauth1/client"],
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As a browser posts it. */
  function launch(parameters: [string, string][]): Request {
    const client = { identifier: "12345", sharedSecret: "secret" };
    const url = "https://tool.example.com/launch";
    const { action, fields } = ltiLaunch(url, { client, parameters });
    return new Request(action, {
      method: "POST",
      body: new URLSearchParams(fields.map(([...pair]) => pair)),
    });
  }

  it("verify a launch by tool, as the page shows", { timeout: TIMEOUT }, async () => {
    const port = await freePort();
    const env = { PATH: process.env["PATH"], PORT: String(port) };
    const child = spawn(process.execPath, ["tool.mjs"], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      expect(await once(createInterface(child.stdout), "line")).toEqual(["ready"]);
      const { stdout, stderr } = spawnSync(process.execPath, ["launch.mjs"], {
        cwd: folder,
        encoding: "utf8",
        env: { ...env, TOOL: `http://127.0.0.1:${port}` },
      });
      expect(stdout, stderr).toBe(fenced(page, "text output"));
    } finally {
      child.kill();
    }
  });

  it("verify a Request by route", { timeout: TIMEOUT }, async () => {
    const { POST } = await import(pathToFileURL(join(folder, "route.mjs")).href);
    const request = launch([
      ["resource_link_id", "120988f929-274612"],
      ["resource_link_title", "Weekly Blog"],
      ["lis_person_name_full", "Jane Q. Public"],
    ]);
    const post = async (): Promise<Response> => POST(request.clone());
    const first = await post();
    expect([first.status, await first.text()]).toEqual([200, "Jane Q. Public: Weekly Blog"]);
    expect((await post()).status).toBe(401);
  });

  it("accept a selection of content by select", { timeout: TIMEOUT }, async () => {
    const { verifier } = await import(pathToFileURL(join(folder, "select.mjs")).href);
    const request = launch([
      ["lti_message_type", "ContentItemSelectionRequest"],
      ["accept_media_types", "*/*"],
      ["accept_presentation_document_targets", "iframe"],
      ["content_item_return_url", "https://school.example.com/return"],
    ]);
    const verification = await verifier.verify(request);
    expect(verification.launch.contentItemRequest.acceptMediaTypes).toEqual(["*/*"]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
