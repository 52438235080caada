// Starts processes of the console, and acts as their user and application.
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../bin/oauth1-console.js", import.meta.url));

/** A process of the console that is ready for requests. */
export interface Process {
  readonly child: ChildProcess;
  readonly origin: string;
  /** The token of the one-time link, if one was printed. */
  readonly link: string | undefined;
  /** Returns what it has written to standard error. */
  told(): string;
}

/** Starts the command, and waits until it listens. */
export async function startProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Process> {
  const child = spawn(process.execPath, [COMMAND, ...words], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.includes("Ctrl+C")) resolve();
    });
    child.on("exit", (code) =>
      reject(new Error(`the console must listen, but it exited with ${code}: ${told}`)),
    );
  });
  return {
    child,
    origin: /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? "",
    link: /welcome#(\S+)/.exec(out)?.[1],
    told: () => told,
  };
}

/** The session of a signed-in user. */
export interface Session {
  readonly accountId: string;
  headers(origin: string): Record<string, string>;
}

/** A key with its four values. */
export interface Created {
  readonly key: { readonly id: string; readonly category: string; readonly permissions: string[] };
  readonly credentials: {
    readonly client: { readonly identifier: string; readonly sharedSecret: string };
    readonly token: { readonly identifier: string; readonly sharedSecret: string };
  };
}

/** Sets the administrator's password with the one-time link. */
export async function signInByLink({ origin, link }: Process): Promise<Session> {
  const response = await fetch(`${origin}/api/console/password`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: origin },
    body: JSON.stringify({ token: link, password: "a long password for tests" }),
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const { csrfToken, account } = (await response.json()) as {
    csrfToken: string;
    account: { id: string };
  };
  return {
    accountId: account.id,
    headers: (to) => ({
      Cookie: cookie,
      "X-CSRF-Token": csrfToken,
      "Content-Type": "application/json",
      Origin: to,
    }),
  };
}

/** Creates a key with permission to read data. */
export async function createKey(origin: string, session: Session, name: string): Promise<Created> {
  const response = await fetch(`${origin}/api/console/keys`, {
    method: "POST",
    headers: session.headers(origin),
    body: JSON.stringify({
      applicationName: name,
      developerName: "Jane Doe",
      category: "data",
      permissions: ["data-access"],
    }),
  });
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as Created;
}
