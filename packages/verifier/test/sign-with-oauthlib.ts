// Python's oauthlib as a client.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ReceivedRequest } from "@oauth1/verifier";

const PYTHON = "/usr/bin/python3";

/** A request for oauthlib to sign. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: string;
  /** A form. */
  readonly body: string | null;
  readonly client: { readonly identifier: string; readonly sharedSecret: string };
  readonly token?: { readonly identifier: string; readonly sharedSecret: string };
  readonly signatureMethod: string;
  readonly signatureType: "AUTH_HEADER" | "QUERY" | "BODY";
}

/** False if oauthlib is missing: the tests that need it are skipped with a warning. */
export const hasOauthlib = spawnSync(PYTHON, ["-c", "import oauthlib"]).status === 0;
if (!hasOauthlib) {
  const missing = `${PYTHON} has no oauthlib: the tests with requests signed by it are skipped`;
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

/** Signs requests with oauthlib, in order. */
export function signWithOauthlib(requests: readonly UnsignedRequest[]): ReceivedRequest[] {
  const script = fileURLToPath(new URL("sign_with_oauthlib.py", import.meta.url));
  const { stdout, stderr, status } = spawnSync(PYTHON, [script], {
    input: JSON.stringify(requests),
    encoding: "utf8",
  });
  if (status !== 0 || stderr !== "") throw new Error(`oauthlib: ${stderr}`);
  return JSON.parse(stdout);
}
