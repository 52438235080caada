import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A copy of the repository's current state, in a separate folder and Git repository. */
export interface ScratchCopy {
  readonly folder: string;
  /**
   * Runs a command line in the folder and returns what it prints.
   *
   * @throws Error with the output if it fails.
   */
  run(command: string): string;
  /** The files that have changed since the copy, sorted. */
  changedFiles(): string[];
  remove(): void;
}

/**
 * Copies the repository with its builds. The packages of the copy import each other.
 *
 * @param libraries - `shared` uses the installed libraries of the original, so the dependencies must
 * not change. `own` installs them in the copy, from the local store if it has them.
 */
export function scratchCopy({ libraries }: { libraries: "shared" | "own" }): ScratchCopy {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-scratch-"));
  const listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  const files = new Set(listed.split("\0").filter((file) => existsSync(join(root, file)) && file));
  for (const file of files) cpSync(join(root, file), join(folder, file));
  // The links between packages are relative, so that they lead to the copy.
  for (const home of homesOf(files)) {
    for (const part of libraries === "shared" ? ["dist", "node_modules"] : ["dist"]) {
      const from = join(root, home, part);
      const to = join(folder, home, part);
      if (existsSync(from)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    }
  }
  if (libraries === "shared") symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  else
    runIn(folder, `${process.execPath} ${pinnedPnpm()} install --frozen-lockfile --prefer-offline`);
  git(folder, "init", "--quiet");
  appendFileSync(join(folder, ".git/info/exclude"), "/node_modules\n");
  git(folder, "add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  git(folder, ...author, "-c", "commit.gpgSign=false", "commit", "--quiet", "--message", "copy");
  return {
    folder,
    run: (command) => runIn(folder, command),
    changedFiles: () =>
      git(folder, "status", "--porcelain", "--untracked-files=all", "-z")
        .split("\0")
        .map((line) => line.slice(3))
        .filter((file) => file !== "")
        .sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function pinnedPnpm(): string {
  return join(root, "node_modules/pnpm/bin/pnpm.mjs");
}

/** The folders of the workspace's packages. */
function homesOf(files: ReadonlySet<string>): string[] {
  return [...files]
    .filter((file) => /.\/package\.json$/.test(file))
    .filter((file) => !/^packages\/(?:runtimes|installation)\//.test(file))
    .map(dirname);
}

function runIn(folder: string, command: string): string {
  const bin = join(folder, "node_modules/.bin");
  const [program = "", ...args] = command.split(" ");
  // The command that npx would run, without its request to the registry.
  const words = program === "npx" ? args : [program, ...args];
  try {
    return execFileSync(words[0] ?? "", words.slice(1), {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env["PATH"]}`,
        NO_COLOR: "1",
        CI: "",
        TURBO_TELEMETRY_DISABLED: "1",
        TURBO_CACHE_DIR: turboCache(),
      },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} failed:\n${stdout}\n${stderr}`);
  }
}

/** The cache of the original, which its working trees share. */
function turboCache(): string {
  const common = git(root, "rev-parse", "--path-format=absolute", "--git-common-dir").trim();
  const main = join(dirname(common), ".turbo/cache");
  return existsSync(main) && readdirSync(main).length > 0 ? main : join(root, ".turbo/cache");
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
}
