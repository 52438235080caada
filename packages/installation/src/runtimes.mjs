// Node, Bun and Deno: they import and require every entry point by its name.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { runtimes as known } from "@oauth1/runtimes/dist/runtimes.js";
import { commands } from "./entry-points.mjs";

const run = promisify(execFile);
const DENO_NATIVE =
  "Deno does not load the native lock of the embedded database (uv_get_osfhandle)";

/**
 * The runtimes: the oldest supported Node, the last Node 22 that does not require ES modules, and those of
 * `packages/runtimes`.
 */
export const runtimes = [
  ofNode("Node 20.19.0", "node20.19.0-linux-x64"),
  ofNode("Node 22.11.0", "node22.11.0-linux-x64"),
  ...known
    .filter(({ unbundled }) => unbundled !== undefined)
    .map(({ name, program, isInstalled }) => ({
      name,
      program,
      isInstalled,
      isNode: name.startsWith("Node"),
      // All permissions are granted, because the entry points read files and listen.
      args: name === "Deno" ? ["run", "--allow-all", "--no-prompt"] : name === "Bun" ? ["run"] : [],
      groups: name === "Deno" ? ["primitives", "clients", "verifiers", "suite"] : [],
      limits: {
        Bun: {
          "@oauth1/client/undici": "Bun has an undici of its own, without Dispatcher.compose",
        },
        Deno: {
          "@oauth1/api-keys": DENO_NATIVE,
          "@oauth1/api-keys/admin": DENO_NATIVE,
          "@oauth1/api-keys/command": DENO_NATIVE,
          "@oauth1/provider/sql": DENO_NATIVE,
          "@oauth1/storage": DENO_NATIVE,
          "@oauth1/console": DENO_NATIVE,
          "@oauth1/console/command": DENO_NATIVE,
        },
      }[name],
    })),
];

function ofNode(name, folder) {
  let program = folder;
  try {
    program = createRequire(import.meta.url).resolve(`${folder}/bin/node`);
  } catch {
    // It is an optional dependency, for Linux on x64.
  }
  const isInstalled = existsSync(program);
  return { name, program, isInstalled, isNode: true, args: [], groups: [] };
}

/**
 * Uses every entry point in a runtime.
 *
 * @param file - `import.mjs` or `require.cjs`.
 * @returns `works` or the error, by the specifier of each entry point.
 */
export async function useEntryPoints({ program, args, groups }, file, { folder, redisUrl }) {
  const { stdout } = await run(program, [...args, file, ...groups], {
    cwd: folder,
    env: { ...process.env, REDIS_URL: redisUrl, NODE_NO_WARNINGS: "1" },
    maxBuffer: 2 ** 26,
    timeout: 300_000,
  });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1));
}

/** The version that a runtime reports. */
export async function versionOf({ program }) {
  const { stdout } = await run(program, ["--version"]);
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim();
}

/** Runs every command with `--help`, and returns those that fail. */
export async function failingCommands({ program }, folder) {
  const failing = [];
  for (const { command } of commands) {
    const file = join(folder, "node_modules/.bin", command);
    const { stdout } = await run(program, [file, "--help"], { cwd: folder }).catch(() => ({
      stdout: "",
    }));
    if (!/^usage/im.test(stdout)) failing.push(command);
  }
  return failing;
}
