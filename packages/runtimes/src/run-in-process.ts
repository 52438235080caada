import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type { Bundle } from "./bundle.js";

/** Runs a bundle with a program that takes a file and an argument: Node, Bun, Deno. */
export function runByCommand(
  program: string,
  args: readonly string[],
  { code }: Bundle,
  options: object,
): Promise<unknown> {
  return inFolder(async (folder) => {
    const file = join(folder, "bundle.mjs");
    await writeFile(file, code);
    const stdout = await output(program, [...args, file, JSON.stringify(options)], folder);
    return JSON.parse(stdout);
  });
}

/** Returns the standard output of a program. Rejects if its exit code is not 0. */
export function output(program: string, args: readonly string[], cwd: string): Promise<string> {
  return inFolder(async (folder) => {
    const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: folder };
    const { stdout } = await execute(program, args, {
      cwd,
      env,
      maxBuffer: 2 ** 26,
      timeout: 110_000,
    });
    return stdout;
  });
}

/** Runs a bundle with workerd on a free local port, without Node's modules. */
export function runInWorkerd(program: string, { code }: Bundle, options: object): Promise<unknown> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, "worker.mjs"), code);
    await writeFile(join(folder, "config.capnp"), WORKERD_CONFIG);
    const child = spawn(program, ["serve", "config.capnp", "--control-fd=3"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close");
    let complaints = "";
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      complaints += text;
    });
    try {
      const port = await Promise.race([
        listeningPort(child.stdio[3] as Readable),
        ended.then(() => Promise.reject(new Error(`workerd ended: ${complaints}`))),
      ]);
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: "POST",
        body: JSON.stringify(options),
      });
      if (!response.ok) throw new Error(`workerd: ${await response.text()}\n${complaints}`);
      return await response.json();
    } finally {
      child.kill("SIGKILL");
      await ended;
    }
  });
}

/** The version, which is a date. */
export async function versionOfWorkerd(program: string): Promise<string> {
  return (await output(program, ["--version"], tmpdir())).trim().replace("workerd ", "");
}

const execute = promisify(execFile);

/**
 * Recent compatibility dates include Node's modules and globals unless they are turned off. The
 * network named `internet` contains only this machine.
 */
const WORKERD_CONFIG = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (
      name = "main",
      worker = (
        modules = [(name = "worker", esModule = embed "worker.mjs")],
        compatibilityDate = "2026-11-01",
        compatibilityFlags = ["no_nodejs_compat", "no_nodejs_compat_v2"],
      ),
    ),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

/** workerd reports each socket as a line of JSON. */
async function listeningPort(control: Readable): Promise<number> {
  for await (const line of createInterface({ input: control })) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") return port;
  }
  throw new Error("workerd does not listen on any port");
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "oauth1-runtimes-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
