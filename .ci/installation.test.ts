// Installs the packed packages like their users: with libraries of any age, and with each setting
// of TypeScript that the READMEs name.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packWithDependencies, root } from "./published.mjs";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "oauth1-installation-"));
const archives = join(folder, "archives");
const installed = join(folder, "installed");
afterAll(() => rmSync(folder, { recursive: true }), 60_000);

/** The dependencies of projects that add a signer, older than the adapters support. */
const OLD_LIBRARIES = [
  "@opentelemetry/api@1.0.0",
  "axios@0.27",
  "express@4",
  "fastify@4",
  "got@11",
  "hono@3",
  "ky@0.33",
  "superagent@9",
  "undici@6",
];

beforeAll(async () => {
  mkdirSync(archives);
  const packed = await packWithDependencies(["client", "verifier"], archives);
  mkdirSync(installed);
  writeFileSync(join(installed, "package.json"), '{ "private": true }');
  // npm checks the peers of installed packages: a range that excludes one makes the installation
  // fail.
  await npmInstall(...OLD_LIBRARIES);
  await npmInstall(...packed);
}, 600_000);

async function npmInstall(...words: string[]): Promise<void> {
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...words], {
    cwd: installed,
  });
}

describe("the packed packages", () => {
  it("install together with old libraries, and work without them", async () => {
    const program = `
      import { signedFetch } from "@oauth1/client";
      import { createSigner } from "@oauth1/signer";
      import { nodeVerifier } from "@oauth1/verifier/node";
      const signer = createSigner({ client: { identifier: "i", sharedSecret: "s" } });
      console.log(typeof signedFetch(signer), typeof nodeVerifier);
    `;
    const words = ["--input-type=module", "--eval", program];
    expect((await run(process.execPath, words, { cwd: installed })).stdout).toBe(
      "function function\n",
    );
  });

  const settings: [module: string, file: string, further: string[]][] = [
    ["nodenext", "program.cts", []],
    ["node20", "program.cts", []],
    ["node16", "program.mts", []],
    ["esnext", "program.mts", ["--moduleResolution", "bundler"]],
  ];
  it.each(settings)("compile with module %s in %s", async (module, file, further) => {
    expect(await errorsOf(file, ["--module", module, ...further])).toEqual([]);
  });

  it("do not compile with module node16 in CommonJS, as the READMEs say", async () => {
    const errors = await errorsOf("program.cts", ["--module", "node16"]);
    expect(new Set(errors.map((error) => /TS\d+/.exec(error)?.[0]))).toEqual(new Set(["TS1479"]));
  });
});

/** A program that uses everything that needs no library except Node, and names types. */
const PROGRAM = `
import { type Fetch, signedFetch } from "@oauth1/client";
import { authorizationUrl } from "@oauth1/client/authorization";
import { nodeSigner } from "@oauth1/client/node";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { createSigner, type Signer } from "@oauth1/signer";
import { createVerifier, type Verifier } from "@oauth1/verifier";
import { nodeVerifier, verifiedRequest } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";

const signer: Signer = createSigner({
  client: { identifier: "i", sharedSecret: "s" },
  signatureMethod: hmacSha256,
});
export const fetch: Fetch = signedFetch(signer);
export const page: string = authorizationUrl("https://a.example", { identifier: "t" });
export const path = nodeSigner(signer)("https://a.example").options.path;
export const name: string = rsaSha256Sync.name;
const verifier: Verifier<{ account: number }> = createVerifier({
  credentials: { find: () => ({ client: undefined, caller: { account: 7 } }) },
  nonces: memoryNonceStore(),
  signatureMethods: [hmacSha256],
});
export const listener = nodeVerifier(verifier, (request, _response, { caller }) => {
  const account: number | undefined = caller?.account;
  return [account, verifiedRequest<{ account: number }>(request).caller?.account];
});
`;

/** The errors of the compiler, including those in the declarations of libraries. */
async function errorsOf(file: string, options: string[]): Promise<string[]> {
  writeFileSync(join(installed, file), PROGRAM);
  const types = join(installed, "node_modules/@types");
  mkdirSync(types, { recursive: true });
  try {
    symlinkSync(join(root, "node_modules/@types/node"), join(types, "node"));
  } catch {
    // It already exists: an old library installed it.
  }
  const words = ["--noEmit", "--ignoreConfig", "--strict", "--target", "es2022", "--types", "node"];
  const { stdout } = await run(join(root, "node_modules/.bin/tsc"), [...words, ...options, file], {
    cwd: installed,
  }).catch((failed: { readonly stdout: string }) => failed);
  return stdout.split("\n").filter((line) => / error TS\d+:/.test(line));
}
