import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";

const PYTHON = "/usr/bin/python3";

/** Whether oauthlib is installed. If `CI` is set, it must be. */
export const hasOauthlib: boolean = spawnSync(PYTHON, ["-c", "import oauthlib"]).status === 0;
if (!hasOauthlib) {
  const missing = `${PYTHON} has no oauthlib: the tests that verify with it are skipped`;
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

/** The credentials that the server knows. */
export const credentials = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
};

/** The request that the server received, with oauthlib's verdict. */
export interface Echo {
  readonly verified: boolean;
  readonly reason?: string;
  readonly method: string;
  /** The request-target, with one character for each octet. */
  readonly target: string;
  readonly headers: [name: string, value: string][];
  /** In base64. */
  readonly body: string;
}

/** Returns a received header, by lower-case name. */
export function field({ headers }: Echo, name: string): string | undefined {
  return headers.find(([own]) => own === name)?.[1];
}

/** Returns the received body. */
export function bodyOf({ body }: Echo): string {
  return Buffer.from(body, "base64").toString();
}

/** Starts verifying_server.py for the tests of a file. */
export function verifyingServer(publicKey?: string): { origin: string } {
  const server = { origin: "http://127.0.0.1" };
  let child: ChildProcess;
  beforeAll(async () => {
    if (!hasOauthlib) return;
    const script = fileURLToPath(new URL("verifying_server.py", import.meta.url));
    child = spawn(PYTHON, publicKey === undefined ? [script] : [script, publicKey], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (child.stdout === null) throw new Error("no output");
    for await (const port of createInterface(child.stdout)) {
      server.origin = `http://127.0.0.1:${port}`;
      break;
    }
  });
  afterAll(() => {
    child?.kill();
  });
  return server;
}
