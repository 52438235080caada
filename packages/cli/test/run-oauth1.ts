import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const bin: string = fileURLToPath(new URL("../bin/oauth1.js", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without this process's colours and credentials. */
export function run(
  program: string,
  args: readonly string[],
  { env = {}, input = "" }: { env?: Record<string, string>; input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { PATH: process.env["PATH"] ?? "", ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.on("error", () => {}).end(input);
  });
}

export function oauth1(
  args: readonly string[],
  options?: { env?: Record<string, string>; input?: string },
): Promise<Outcome> {
  return run(process.execPath, [bin, ...args], options);
}
