import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { requireFolder } from "./installed.js";

const run = promisify(execFile);

/** Runs `redis-cli`, and throws if it fails. */
export async function redisCli(words: readonly string[]): Promise<string> {
  const { stdout } = await run(join(requireFolder("redis"), "redis-cli"), words);
  return stdout.trim();
}

/** The answer of a server to a command. */
export async function redisSays(url: string, ...command: string[]): Promise<string> {
  const answer = await redisCli(["-u", url, ...command]);
  if (/^(ERR|[A-Z]+ERR) /.test(answer)) throw new Error(`${command.join(" ")}: ${answer}`);
  return answer;
}

/** A replica of Redis introduces itself before it is sent any data. */
export function isRedisReplica(sent: Buffer): boolean {
  return sent.includes("REPLCONF") || sent.includes("PSYNC");
}
