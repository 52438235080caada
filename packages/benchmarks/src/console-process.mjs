// The console as a process of its own, its administrator, and the keys of an account.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createSigner } from "@oauth1/signer";

/**
 * Starts a process of the console on a free port.
 *
 * @param {{ dataFolder: string, databaseUrl: string, redisUrl: string }} servers
 * @param {readonly string[]} [nodeOptions] options of Node; the process has an IPC channel
 */
export async function startConsole({ dataFolder, databaseUrl, redisUrl }, nodeOptions = []) {
  const command = fileURLToPath(import.meta.resolve("@oauth1/console/package.json")).replace(
    "package.json",
    "bin/oauth1-console.js",
  );
  const words = [...nodeOptions, command, "--port", "0", "--data", dataFolder];
  const child = spawn(process.execPath, words, {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  await new Promise((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (output.includes("Ctrl+C")) resolve(undefined);
    });
    exited.then((code) => reject(new Error(`the console must listen, but it exited with ${code}`)));
  });
  return {
    child,
    origin: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "",
    link: /welcome#(\S+)/.exec(output)?.[1],
    /** @param {NodeJS.Signals} [signal] */
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await exited;
    },
  };
}

/**
 * Opens the administrator's session with the link of the process that started last.
 *
 * @param {{ origin: string, link: string | undefined } | undefined} started
 */
export async function signIn(started) {
  const { origin, link: token } = started ?? { origin: "", link: "" };
  const response = await fetch(`${origin}/api/console/password`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: origin },
    body: JSON.stringify({ token, password: "a long password for a benchmark" }),
  });
  const { csrfToken } = /** @type {any} */ (await response.json());
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return ask;

  /**
   * Sends a request of the administrator to one of the processes.
   *
   * @param {string} origin
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async function ask(origin, method, path, body) {
    const response = await fetch(`${origin}/api/console${path}`, {
      method,
      headers: {
        Cookie: cookie,
        "X-CSRF-Token": csrfToken,
        Origin: origin,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
  }
}

/** @param {string} applicationName */
export function fieldsOf(applicationName) {
  return {
    applicationName,
    developerName: "Jane Doe",
    category: "data",
    permissions: ["data-access"],
  };
}

/** @param {import("@oauth1/api-keys").KeyCredentials} credentials */
export function signerOf({ client, token }) {
  const { sign } = createSigner({ client, token });
  return sign;
}
