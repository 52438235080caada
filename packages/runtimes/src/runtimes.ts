import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import type { Bundle, Target } from "./bundle.js";
import { runInChromium } from "./run-in-chromium.js";
import { runByCommand, runInWorkerd, versionOfWorkerd } from "./run-in-process.js";

/** A runtime, and how a bundle runs in it. */
export interface Runtime extends Target {
  readonly name: string;
  /** The expected path of its program. */
  readonly program: string;
  /** True if the program exists. */
  readonly isInstalled: boolean;
  /** The file of @oauth1/hmac-sha1 that the runtime must select. */
  readonly platformFile: "platform-node.js" | "platform-web.js";
  /** The arguments to run a file that imports packages by name, if the runtime supports this. */
  readonly unbundled?: readonly string[];
  /** Asks the program for its version, if the runtime does not expose one. */
  version?(): Promise<string>;
  /** Passes options, plain JSON data, to the bundle's entry, and resolves with its result. */
  run(bundle: Bundle, options: object): Promise<unknown>;
}

const DENO = ["run", "--no-prompt", "--allow-net=127.0.0.1"];
const WORKERD = inPackage("@cloudflare/workerd-linux-64/bin/workerd");

/** All runtimes. */
export const runtimes: readonly Runtime[] = [
  ...["20", "22", "24"].map((major) =>
    ofCommand(`Node ${major}`, `node${major}-linux-x64/bin/node`, ["node"], []),
  ),
  ofCommand("Bun", "@oven/bun-linux-x64/bin/bun", ["bun"], ["run"]),
  ofCommand("Deno", "@deno/linux-x64-glibc/deno", ["deno"], DENO, {
    unbundled: ["run", "--no-prompt", "--allow-read", "--allow-env"],
  }),
  {
    ...ofWeb("workerd", WORKERD, ["workerd", "worker"], "worker", runInWorkerd),
    version: () => versionOfWorkerd(WORKERD),
  },
  ofWeb(
    "Chromium",
    process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    ["browser"],
    "page",
    runInChromium,
  ),
];

function ofCommand(
  name: string,
  file: string,
  conditions: readonly string[],
  bundled: readonly string[],
  { unbundled = bundled }: { readonly unbundled?: readonly string[] } = {},
): Runtime {
  const program = inPackage(file);
  return {
    name,
    program,
    isInstalled: existsSync(program),
    conditions,
    hasNodeModules: true,
    host: "command",
    platformFile: "platform-node.js",
    unbundled,
    run: (bundle, options) => runByCommand(program, bundled, bundle, options),
  };
}

function ofWeb(
  name: string,
  program: string,
  conditions: readonly string[],
  host: "worker" | "page",
  run: (program: string, bundle: Bundle, options: object) => Promise<unknown>,
): Runtime {
  return {
    name,
    program,
    isInstalled: existsSync(program),
    conditions,
    hasNodeModules: false,
    host,
    platformFile: "platform-web.js",
    run: (bundle, options) => run(program, bundle, options),
  };
}

/** A file of an optional dependency, or its name if the dependency is not installed. */
function inPackage(file: string): string {
  try {
    return createRequire(import.meta.url).resolve(file);
  } catch {
    return file;
  }
}
