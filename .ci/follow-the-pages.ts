// Follows a page of the docs like a reader: runs its commands and saves its files, in an empty
// folder.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
/** Upper bound for one command, or for the start of a server, on a loaded machine. */
const TIMEOUT = 120_000;

/**
 * The action of a reader for each block of a page, by its info string:
 *
 * - `sh`: runs it. It must succeed.
 * - `sh fails`: runs it. It must fail.
 * - `sh server`: runs it in a second terminal.
 * - `<language> <file>`: saves it.
 * - `diff <file>`: replaces the lines with `-` by those with `+`.
 * - `text output`: compares it with the output of the last command, see {@link missingLine}.
 */
interface Block {
  readonly language: string;
  readonly word: string;
  readonly text: string;
}

export interface Reader {
  /** An empty folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The heading of the only section to follow. */
  readonly section?: string;
}

/** Follows the page to its end. Throws if the results differ from the page. */
export async function followPage(page: string, reader: Reader): Promise<void> {
  const { folder, environment, section } = reader;
  const text = await withFreePorts(textOf(page, section));
  const servers: Command[] = [];
  const run = (command: string) =>
    new Command(command, { cwd: folder, env: { ...process.env, ...environment } });
  let last: Command | undefined;
  try {
    for (const { language, word, text: block } of blocksOf(text)) {
      if (language === "sh" && word === "server") {
        last = run(block);
        servers.push(last);
      } else if (language === "sh" && (word === "" || word === "fails")) {
        last = run(block);
        const code = await last.exit();
        if ((code === 0) !== (word === "")) {
          throw new Error(`${page}: exit code ${code} of\n${block}\n${last.output}`);
        }
      } else if (language === "text" && word === "output") {
        await last?.printed(block);
      } else if (language === "diff") {
        const path = join(folder, word);
        writeFileSync(path, edited(readFileSync(path, "utf8"), block));
      } else {
        writeFileSync(join(folder, word), block, { mode: 0o600 });
      }
    }
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** The time that a page states, in minutes. */
export function minutesOf(page: string): number {
  const found = /takes about\s(\d+)\sminutes/.exec(readFileSync(join(docs, page), "utf8"));
  if (found?.[1] === undefined) throw new Error(`${page} must say how many minutes it takes`);
  return Number(found[1]);
}

function textOf(page: string, section?: string): string {
  const text = readFileSync(join(docs, page), "utf8");
  if (section === undefined) return text;
  const found = text.split(/^## /m).find((part) => part.startsWith(`${section}\n`));
  if (found === undefined) throw new Error(`${page} must have the section ${section}`);
  return found;
}

/** The blocks on which a reader acts. Blocks of other kinds are only shown. */
function blocksOf(text: string): Block[] {
  return Array.from(
    text.matchAll(/^```(\w+)(?: ([\w./-]+))?\n(.*?)^```$/gms),
    ([, language = "", word = "", block = ""]) => ({ language, word, text: block }),
  ).filter(({ language, word }) => language === "sh" || word !== "");
}

/** Other programs can use the ports of the pages. */
async function withFreePorts(text: string): Promise<string> {
  let changed = text;
  for (const port of new Set(
    Array.from(text.matchAll(/127\.0\.0\.1:(\d+)/g), ([, port]) => port),
  )) {
    changed = changed.replace(new RegExp(`\\b${port}\\b`, "g"), String(await freePort()));
  }
  return changed;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function edited(text: string, diff: string): string {
  const lines = (sign: string) =>
    diff
      .split("\n")
      .filter((line) => line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const removed = lines("-");
  if (!text.includes(removed)) throw new Error(`these lines are not in the file:\n${removed}`);
  return text.replace(removed, () => lines("+"));
}

/**
 * The first line of a page's output that a program did not print; `undefined` if it printed all
 * lines in this order. The program can print more lines. A line that ends with `…` is the
 * beginning of a line.
 */
function missingLine(printed: string, expected: string): string | undefined {
  const lines = printed.split(/\r?\n/);
  for (const line of expected.split("\n").filter((line) => line !== "" && line !== "…")) {
    const isSame = line.endsWith("…")
      ? (one: string) => one.startsWith(line.slice(0, -1))
      : (one: string) => one === line;
    const index = lines.findIndex(isSame);
    if (index < 0) return line;
    lines.splice(0, index + 1);
  }
  return undefined;
}

/** A command in a shell, with all processes that it starts. */
class Command {
  output = "";
  readonly #child: ChildProcess;
  readonly #exit: Promise<number>;
  #heard = () => {};

  constructor(command: string, options: { cwd: string; env: NodeJS.ProcessEnv }) {
    // In a separate process group, so that stop() also ends the processes that a shell or npx
    // started.
    this.#child = spawn("sh", ["-ec", command], { ...options, detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.output += chunk;
        this.#heard();
      });
    }
    this.#exit = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (code) => {
        this.#heard();
        resolve(code ?? 1);
      });
    });
  }

  async exit(): Promise<number> {
    const late = setTimeout(() => this.#kill(), TIMEOUT);
    try {
      return await this.#exit;
    } finally {
      clearTimeout(late);
    }
  }

  /** Waits until the command has printed these lines. */
  async printed(expected: string): Promise<void> {
    const deadline = Date.now() + TIMEOUT;
    for (;;) {
      const missing = missingLine(this.output, expected);
      if (missing === undefined) return;
      if (this.#child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the page shows a line that is not printed:\n${missing}\n\n${this.output}`);
      }
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        setTimeout(resolve, 1_000);
      });
    }
  }

  async stop(): Promise<void> {
    this.#kill();
    await this.#exit;
  }

  #kill(): void {
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
  }
}
