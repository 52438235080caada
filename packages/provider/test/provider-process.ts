import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  authorizationUrl,
  readAuthorizationCallback,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { createSigner } from "@oauth1/signer";
import { type Credentials, credentialsOf, PRINTER } from "./served-provider.js";

/** Starts a process that waits until it may open the database, and then serves a provider. */
export function startProvider(dataFolder: string, databaseUrl?: string) {
  const script = fileURLToPath(new URL("serving-process.mjs", import.meta.url));
  const words = [script, JSON.stringify(PRINTER), dataFolder];
  if (databaseUrl !== undefined) words.push(databaseUrl);
  const child = spawn(process.execPath, words, { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  const origin = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (port) => {
      resolve(`http://127.0.0.1:${port}`);
    });
    closed.then(() => reject(new Error("the provider must listen before it ends")));
  });
  origin.catch(() => {});
  return {
    /** Returns its origin. */
    begin(): Promise<string> {
      child.stdin.write("begin\n");
      return origin;
    },
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

const SHARED = {
  client: credentialsOf(PRINTER),
  allowInsecureTransport: true,
} as const;

/** The first step (RFC 5849 §2.1). */
export function begin(origin: string): Promise<Credentials> {
  const callback = PRINTER.callbacks[0];
  return requestTemporaryCredentials(`${origin}/oauth/initiate`, { ...SHARED, callback });
}

/** Opens the consent page as a resource owner, and returns the form that allows access (§2.2). */
export async function openConsent(
  origin: string,
  temporary: Credentials,
  owner: string,
): Promise<URLSearchParams | undefined> {
  const url = authorizationUrl(`${origin}/oauth/authorize`, temporary);
  const response = await fetch(url, { headers: cookieOf(owner) });
  const html = await response.text();
  if (!response.ok) return undefined;
  const form = new URLSearchParams({ decision: "approve" });
  for (const [, field = "", value = ""] of html.matchAll(/name="(\w+)" value="([^"]*)">/g)) {
    if (field !== "decision") form.append(field, value);
  }
  return form;
}

/** Posts the form, and returns the verification code, or `undefined` if it was posted before. */
export async function approve(
  origin: string,
  temporary: Credentials,
  owner: string,
  form: URLSearchParams,
): Promise<string | undefined> {
  const response = await fetch(`${origin}/oauth/authorize`, {
    method: "POST",
    headers: cookieOf(owner),
    body: form,
    redirect: "manual",
  });
  const location = response.headers.get("Location");
  return location === null ? undefined : readAuthorizationCallback(location, temporary).verifier;
}

/** The last step (§2.3). */
export function exchange(origin: string, temporary: Credentials, verifier: string) {
  return requestTokenCredentials(`${origin}/oauth/token`, {
    ...SHARED,
    temporaryCredentials: temporary,
    verifier,
  });
}

/** What the API responds to a request with a token: its resource owner, or a problem. */
export async function callApi(origin: string, token: Credentials): Promise<string> {
  const signer = createSigner({ client: SHARED.client, token });
  const { url, headers } = signer.sign({ method: "GET", url: `${origin}/photos` });
  return (await fetch(url, { headers })).text();
}

/** The identifiers of a resource owner's tokens. */
export async function listTokens(origin: string, owner: string): Promise<string[]> {
  const response = await fetch(`${origin}/tokens`, { headers: cookieOf(owner) });
  return (await response.json()) as string[];
}

function cookieOf(owner: string) {
  return { Cookie: `owner=${owner}` };
}
