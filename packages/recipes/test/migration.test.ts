// The programs of docs/migration, old and new: clients against a server that verifies with oauthlib,
// and servers against a client that signs with requests-oauthlib.
import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasOauthlib, type Provider, startProvider } from "../../client/test/provider/provider.js";
import {
  fenced,
  oldFence,
  PYTHON,
  pageText,
  programFolder,
  runProgram,
  writeProgram,
  writePython,
} from "./program.js";

const PAGES = fileURLToPath(new URL("../../../docs/migration/", import.meta.url));
const SERVERS = ["from-passport-http-oauth.md"];
const clients = readdirSync(PAGES).filter((page) => !SERVERS.includes(page));
const CALLER = fileURLToPath(new URL("call-photos.py", import.meta.url));
const PLAIN = "file=vacation%20%E2%98%83.jpg&size=original";
const programs = programFolder();
afterAll(() => programs.remove());

const hasRequestsOauthlib =
  hasOauthlib && spawnSync(PYTHON, ["-c", "import requests_oauthlib"]).status === 0;
if (hasOauthlib && !hasRequestsOauthlib) {
  const missing = `${PYTHON} has no requests-oauthlib (python3-requests-oauthlib): the tests that use it are skipped`;
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

function source(page: string, which: "old" | "new"): string {
  const info = which === "old" ? oldFence(`migration/${page}`) : "ts new";
  const write = info === "python old" ? writePython : writeProgram;
  return write(programs.path, `${which}-${page}`, fenced(`migration/${page}`, info));
}

/** The queries that only the new program signs or verifies correctly. */
function wrongQueries(page: string): readonly string[] {
  const hasNone = !/^```text wrong$/m.test(pageText(`migration/${page}`));
  return hasNone ? [] : fenced(`migration/${page}`, "text wrong").trim().split("\n");
}

describe.skipIf(!hasOauthlib)("against the server", () => {
  const keyFile = join(programs.path, "key.pem");
  let provider: Provider;
  beforeAll(async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    writeFileSync(keyFile, privateKey);
    provider = await startProvider({
      clients: { dpf43f3p2l4k3l03: { secret: "kd94hf93k423kf44", public_key: publicKey } },
      tokens: { nnch734d00sl2jdk: "pfkkdhi9sl3r4s00" },
    });
  });
  afterAll(() => provider?.stop());

  /** The status code that a program prints, and whether oauthlib verified its request. */
  async function statusOf(program: string, query: string): Promise<[string, boolean | undefined]> {
    await provider.received();
    const ADDRESS = `${provider.origin}/photos?${query}`;
    const run = runProgram(program, { ADDRESS, KEY_FILE: keyFile });
    const printed = (await run.output).trim();
    const [received, ...more] = await provider.received();
    expect(more).toEqual([]);
    expect(received?.target).toBe(`/photos?${query}`);
    return [printed, received?.verified];
  }

  for (const page of clients) {
    const isPython = oldFence(`migration/${page}`) === "python old";
    const test = it.skipIf(isPython && !hasRequestsOauthlib);
    const wrong = wrongQueries(page);

    if (!wrong.includes(PLAIN)) {
      test(`${page}: both programs sign the plain request`, async () => {
        for (const which of ["old", "new"] as const) {
          expect(await statusOf(source(page, which), PLAIN)).toEqual(["200", true]);
        }
      });
    }

    for (const query of wrong) {
      test(`${page}: only the new program signs ${query}`, async () => {
        expect(await statusOf(source(page, "old"), query)).toEqual(["401", false]);
        expect(await statusOf(source(page, "new"), query)).toEqual(["200", true]);
      });
    }
  }
});

describe.skipIf(!hasRequestsOauthlib)("as the server", () => {
  /** The status codes that a program answers to the requests of call-photos.py. */
  async function answers(program: string, query: string): Promise<Record<string, number>> {
    const run = runProgram(program, {});
    try {
      const [url] = await run.printed(/http:\S+/);
      return JSON.parse(execFileSync(PYTHON, [CALLER, `${url}?${query}`], { encoding: "utf8" }));
    } finally {
      run.process.kill();
    }
  }

  for (const page of SERVERS) {
    it(`${page}: only the new program rejects a replay, a changed body and an old request`, async () => {
      expect(await answers(source(page, "old"), PLAIN)).toEqual({
        ...{ signed: 200, replayed: 200, changed: 200, old: 200 },
      });
      expect(await answers(source(page, "new"), PLAIN)).toEqual({
        ...{ signed: 200, replayed: 401, changed: 401, old: 401 },
      });
    });

    for (const query of wrongQueries(page)) {
      it(`${page}: only the new program verifies ${query}`, async () => {
        expect((await answers(source(page, "old"), query))["signed"]).toBe(401);
        expect((await answers(source(page, "new"), query))["signed"]).toBe(200);
      });
    }
  }
});
