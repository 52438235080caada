import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { resolve } from "node:path";
import { ProtocolError, type ProtocolErrorCode } from "@oauth1/properties";
import { type Line, LineSplitter, parseObject } from "./lines.js";
import { killGroup, spawnGroup } from "./process-group.js";

/** An answer of the protocol, with the id of its request. */
export type Answer = Readonly<Record<string, unknown>>;

interface Pending {
  readonly id: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ProtocolError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The time to wait after a broken pipe for the end of the process, which is more informative,
 * in milliseconds.
 */
const UNTIL_END = 500;

/**
 * The time to wait after the end of the process for the end of its output, if other processes
 * hold it open, in milliseconds.
 */
const UNTIL_CLOSE = 1000;

/**
 * A child process that speaks the protocol. If it breaks the protocol, it is killed, and the
 * next request is rejected with the reason. A new process is then needed.
 */
export class SignerProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines = new LineSplitter();
  readonly #ended: Promise<void>;
  #pending: Pending | undefined;
  #broken: ProtocolError | undefined;
  #inputClosed: NodeJS.Timeout | undefined;
  readonly #complaint = new Complaint();

  /**
   * @param folder - The working directory; that of this process if undefined.
   * @param environment - Environment variables in addition to those of this process.
   */
  constructor(
    command: string,
    args: readonly string[],
    folder: string | undefined,
    environment: Readonly<Record<string, string>> = {},
  ) {
    // A program in the folder is found independent of this process's working directory.
    const isInFolder = folder !== undefined && /^\.\.?[\\/]/.test(command);
    const program = isInFolder ? resolve(folder, command) : command;
    this.#child = spawnGroup(program, args, folder, environment);
    this.#child.stdout.on("data", (chunk: Buffer) => {
      for (const line of this.#lines.push(chunk)) this.#read(line);
    });
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.#complaint.push(chunk);
    });
    // A process that has ended accepts no more requests, and its end is reported below. A
    // process that has not ended has closed its input.
    this.#child.stdin.on("error", () => {
      this.#inputClosed = setTimeout(
        () => this.#break("ERR_INPUT_CLOSED", "it has closed its standard input"),
        UNTIL_END,
      );
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on("error", (error: NodeJS.ErrnoException) => {
        this.#break("ERR_NOT_STARTED", `cannot start ${command}: ${reasonOf(error)}`);
        resolve();
      });
      this.#child.on("exit", () => {
        // A process that left the group can keep the pipes open. The content of the pipes is
        // read before an immediate runs, even if the timer is late.
        const timer = setTimeout(() => setImmediate(() => this.#closePipes()), UNTIL_CLOSE);
        this.#child.once("close", () => clearTimeout(timer));
      });
      this.#child.on("close", (code, signal) => {
        this.#end(signal === null ? `exit code ${code}` : `signal ${signal}`);
        resolve();
      });
    });
  }

  /**
   * Sends a request, and waits for the answer. One request at a time.
   *
   * @param timeout - In milliseconds.
   */
  ask(id: number, request: Readonly<Record<string, unknown>>, timeout: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#broken) return reject(this.#broken);
      const timer = setTimeout(() => this.#timeOut(timeout), timeout);
      this.#pending = { id, resolve, reject, timer };
      this.#child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  /** Sends `stop` and waits for the end. Kills the process if it does not end. */
  async stop(id: number, timeout: number): Promise<void> {
    if (!this.#broken) {
      this.#child.stdin.end(`${JSON.stringify({ id, command: "stop" })}\n`);
      const timer = setTimeout(() => this.#kill(), timeout);
      await this.#ended;
      clearTimeout(timer);
    }
    await this.#ended;
  }

  #read(line: Line): void {
    if (this.#broken) return;
    if ("tooLong" in line) {
      this.#break("ERR_LONG_LINE", "a line of more than 1 MiB");
      return;
    }
    const answer = parseObject(line.octets);
    if (answer === undefined) {
      this.#break("ERR_NOISE", `a line that is not a JSON object: ${excerpt(line.octets)}`);
      return;
    }
    const pending = this.#pending;
    if (pending === undefined || answer["id"] !== pending.id) {
      this.#break("ERR_NOISE", `an answer to nothing that was asked: ${excerpt(line.octets)}`);
      return;
    }
    this.#pending = undefined;
    clearTimeout(pending.timer);
    pending.resolve(answer);
  }

  #timeOut(timeout: number): void {
    const rest = this.#lines.rest();
    if (rest.length > 0) {
      this.#break("ERR_HALF_LINE", `no line break in ${timeout} ms after ${excerpt(rest)}`);
    } else {
      this.#break("ERR_TIMEOUT", `no answer in ${timeout} ms`);
    }
  }

  #end(how: string): void {
    const rest = this.#lines.rest();
    const { end } = this.#complaint;
    const cause = end === "" ? how : `${how}, ${JSON.stringify(end)}`;
    if (rest.length > 0) {
      this.#break("ERR_HALF_LINE", `ended (${cause}) after ${excerpt(rest)} without line break`);
    } else {
      this.#break("ERR_CRASHED", `ended (${cause})`);
    }
  }

  #break(code: ProtocolErrorCode, message: string): void {
    clearTimeout(this.#inputClosed);
    if (this.#broken) return;
    this.#broken = new ProtocolError(code, message, this.#complaint.text);
    this.#kill();
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending) {
      clearTimeout(pending.timer);
      pending.reject(this.#broken);
    }
  }

  #kill(): void {
    killGroup(this.#child);
    this.#closePipes();
  }

  #closePipes(): void {
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }
}

/** The number of octets of the beginning and of the end of standard error that are kept. */
const KEPT = 2000;

/** A process's standard error. Only the beginning and the end of a long one are kept. */
class Complaint {
  #beginning = "";
  #end = "";

  push(chunk: Buffer): void {
    const text = chunk.toString("utf8");
    const room = KEPT - this.#beginning.length;
    this.#beginning += text.slice(0, room);
    this.#end = (this.#end + text.slice(room)).slice(-KEPT);
  }

  get text(): string {
    return this.#beginning + this.#end;
  }

  /** The last words, for an error message. */
  get end(): string {
    return this.text.slice(-500).trim();
  }
}

/** Why a program did not start, without the path at which it was searched. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
      return "it is not there";
    case "EACCES":
      return "it may not be executed";
    default:
      return code ?? message;
  }
}

/** The beginning of a line, with unprintable octets escaped. */
function excerpt(octets: Uint8Array): string {
  const text = Buffer.from(octets.subarray(0, 200)).toString("utf8");
  return JSON.stringify(octets.length > 200 ? `${text}…` : text);
}
