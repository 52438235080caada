import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** A server that runs for a test. */
export interface TestServer {
  /** The URL of the server, which stays the same after a restart. */
  readonly url: string;
  /** Shuts the server down and removes its data. It cannot be started again. */
  stop(): Promise<void>;
  /** `kill -9`. The data stay unchanged. */
  kill(): Promise<void>;
  /** Starts the server on its port and data after a `kill`. A running server is shut down first. */
  restart(): Promise<void>;
}

/** How a server runs. */
export interface TestServerOptions {
  /** Settings of the server's own configuration, which override the defaults here. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How to run a server. */
export interface ServerProgram {
  readonly url: string;
  /** Removed at the end. */
  readonly folder: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** The user to run as, if it is not the current one. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** The output of the server when it accepts connections. */
  readonly ready: RegExp;
  /** The signal that shuts it down. */
  readonly stopSignal: NodeJS.Signals;
}

const PATIENCE = 120_000; // milliseconds

/** Starts a server that stops when this process ends, however it ends. */
export async function startServer(server: ServerProgram): Promise<TestServer> {
  const removeFolder = () => rm(server.folder, { recursive: true, force: true });
  let end = await startProcess(server).catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  return {
    url: server.url,
    async stop() {
      await end(server.stopSignal);
      await removeFolder();
    },
    kill: () => end("SIGKILL"),
    async restart() {
      await end(server.stopSignal);
      end = await startAgain(server);
    },
  };
}

/** The leftovers of a killed server can take a moment to disappear. */
async function startAgain(server: ServerProgram): Promise<End> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await startProcess(server);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(100);
    }
  }
}

type End = (signal: NodeJS.Signals) => Promise<void>;

async function startProcess(server: ServerProgram): Promise<End> {
  const child = spawn(server.program, server.arguments, {
    cwd: server.folder,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    ...server.user,
  });
  const exited = once(child, "exit");
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  let output = "";
  const ready = new Promise<void>((resolve, reject) => {
    const read = (piece: Buffer) => {
      output = (output + piece.toString()).slice(-4096);
      if (server.ready.test(output)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    const fail = (reason: string) => reject(new Error(`${server.program} ${reason}:\n${output}`));
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code, signal) => fail(`ended (${code ?? signal})`));
    setTimeout(() => fail("was not ready in time"), PATIENCE).unref();
  });
  if (child.pid !== undefined) guard(child.pid, server.folder, exited);
  try {
    await ready;
  } catch (error) {
    if (isRunning() && child.pid !== undefined) {
      child.kill("SIGKILL");
      await exited;
    }
    throw error;
  }
  return async (signal) => {
    if (!isRunning()) return;
    child.kill(signal);
    const killed = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    await exited;
    clearTimeout(killed);
  };
}

/**
 * A shell that waits for the end of its input, which comes when this process ends for any reason,
 * and then kills the server and removes its folder.
 */
function guard(pid: number, folder: string, exited: Promise<unknown>): void {
  const shell = spawn(
    "/bin/sh",
    ["-c", 'cat >/dev/null; kill -9 "$1"; rm -rf "$2"', "guard", String(pid), folder],
    { stdio: ["pipe", "ignore", "ignore"] },
  );
  shell.unref();
  const dismiss = () => shell.kill("SIGKILL");
  exited.then(dismiss, dismiss);
}
