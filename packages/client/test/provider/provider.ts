// Starts a server that verifies with Python's oauthlib.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = "/usr/bin/python3";

/** Without oauthlib, the tests that verify with it are skipped, and fail if `CI` is set. */
export const hasOauthlib: boolean =
  spawnSync(PYTHON, ["-c", "import oauthlib, jwt, cryptography"]).status === 0;
if (!hasOauthlib) {
  const missing = `${PYTHON} has no oauthlib (python3-oauthlib): the tests that verify with it are skipped`;
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

export interface ProviderConfiguration {
  readonly clients: Readonly<
    Record<string, { readonly secret?: string; readonly public_key?: string }>
  >;
  readonly tokens?: Readonly<Record<string, string>>;
  readonly users?: Readonly<Record<string, string>>;
  /** The paths of the steps of RFC 5849 §2. Default: `/initiate`, `/authorize` and `/token`. */
  readonly paths?: Readonly<Record<"initiate" | "authorize" | "token", readonly string[]>>;
  /** Responses to requests that need no signature, by path. */
  readonly unsigned?: Readonly<Record<string, string>>;
  /** Responses to verified requests, by path. Default: the verdict. */
  readonly signed?: Readonly<Record<string, string>>;
  /** Responses to requests with this bearer token (RFC 6750 §2.1) in place of a signature, by path. */
  readonly bearer?: Readonly<Record<string, { readonly token: string; readonly answer: string }>>;
  /** Default: a free port. */
  readonly port?: number;
  /** PEM files. If omitted, the server uses plain http. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** A request as the server received it, with oauthlib's verdict. */
export interface Received {
  readonly method: string;
  readonly target: string;
  readonly verified: boolean;
  readonly signatureMethod: string;
  readonly transmission: "header" | "form-body" | "query";
  readonly realm: string | null;
  readonly protocolParameters: Readonly<Record<string, string>>;
  readonly parameters: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Provider {
  readonly origin: string;
  /** The requests since the last call, except those of a resource owner's browser. */
  received(): Promise<readonly Received[]>;
  stop(): Promise<void>;
}

export async function startProvider(configuration: ProviderConfiguration): Promise<Provider> {
  const script = fileURLToPath(new URL("provider.py", import.meta.url));
  const process = spawn(PYTHON, [script], { stdio: ["pipe", "pipe", "inherit"] }) as ChildProcess;
  const { stdin, stdout } = process;
  if (!stdin || !stdout) throw new Error("no pipes");
  const port = await new Promise<string>((resolve, reject) => {
    process.on("exit", () => reject(new Error("the provider ended")));
    createInterface({ input: stdout }).once("line", resolve);
    stdin.write(`${JSON.stringify(configuration)}\n`);
  });
  const origin = `${configuration.tls ? "https" : "http"}://127.0.0.1:${port}`;
  return {
    origin,
    received: async () => JSON.parse(await get(`${origin}/received`)) as Received[],
    async stop() {
      const ended = once(process, "exit");
      stdin.end();
      await ended;
    },
  };
}

/** The server's certificate was made by the test. */
function get(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith("https:") ? https : http;
    client
      .get(url, { rejectUnauthorized: false }, async (response) => {
        let body = "";
        for await (const chunk of response.setEncoding("utf8")) body += chunk;
        resolve(body);
      })
      .on("error", reject);
  });
}

/** Acts as a proxy that ends TLS and tells the server about `https`. */
export function behindTls(origin: string): typeof fetch {
  return (input, init) => {
    const { protocol, host, pathname, search } = new URL(String(input));
    if (protocol !== "https:") throw new Error("not asked for over TLS");
    const headers = new Headers(init?.headers);
    headers.set("X-Forwarded-Proto", "https");
    headers.set("X-Forwarded-Host", host);
    return fetch(`${origin}${pathname}${search}`, { ...init, headers });
  };
}
