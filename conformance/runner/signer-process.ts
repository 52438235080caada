import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type Line, LineSplitter, parseObject } from "./lines.js";
import { ProtocolError, type ProtocolErrorCode } from "./protocol-error.js";

/** An answer of the protocol, with the id that was asked with. */
export type Answer = Readonly<Record<string, unknown>>;

interface Pending {
  readonly id: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ProtocolError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A child process that speaks the protocol. Once it has broken the protocol it is killed, and the
 * next request is refused with what it did: a new process is needed.
 */
export class SignerProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #timeout: number;
  readonly #lines = new LineSplitter();
  readonly #ended: Promise<void>;
  #pending: Pending | undefined;
  #broken: ProtocolError | undefined;
  /** The end of what it wrote to its standard error, for the report of a crash. */
  #complaint = "";

  constructor(command: string, args: readonly string[], timeout: number) {
    this.#timeout = timeout;
    this.#child = spawn(command, args, { stdio: "pipe", windowsHide: true });
    this.#child.stdout.on("data", (chunk: Buffer) => {
      for (const line of this.#lines.push(chunk)) this.#read(line);
    });
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString("utf8")).slice(-500);
    });
    // A process that has ended takes no more requests; its end is told below.
    this.#child.stdin.on("error", () => {});
    this.#ended = new Promise((resolve) => {
      this.#child.on("error", (error) => {
        this.#break("ERR_NOT_STARTED", `cannot start ${command}: ${error.message}`);
        resolve();
      });
      this.#child.on("close", (code, signal) => {
        this.#end(signal === null ? `exit code ${code}` : `signal ${signal}`);
        resolve();
      });
    });
  }

  /** Asks, and waits for the answer. One request at a time. */
  ask(id: number, request: Readonly<Record<string, unknown>>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#broken) return reject(this.#broken);
      const timer = setTimeout(() => this.#timeOut(), this.#timeout);
      this.#pending = { id, resolve, reject, timer };
      this.#child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  /** Says stop and waits for the end; kills what does not end. */
  async stop(id: number): Promise<void> {
    if (!this.#broken) {
      this.#child.stdin.end(`${JSON.stringify({ id, command: "stop" })}\n`);
      const timer = setTimeout(() => this.#kill(), this.#timeout);
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
      this.#break("ERR_NOISE", `a line that is no JSON object: ${excerpt(line.octets)}`);
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

  #timeOut(): void {
    const rest = this.#lines.rest();
    if (rest.length > 0) {
      this.#break("ERR_HALF_LINE", `no line break in ${this.#timeout} ms after ${excerpt(rest)}`);
    } else {
      this.#break("ERR_TIMEOUT", `no answer in ${this.#timeout} ms`);
    }
  }

  #end(how: string): void {
    const rest = this.#lines.rest();
    const complaint = this.#complaint.trim();
    const cause = complaint === "" ? how : `${how}, ${JSON.stringify(complaint)}`;
    if (rest.length > 0) {
      this.#break("ERR_HALF_LINE", `ended (${cause}) after ${excerpt(rest)} without line break`);
    } else {
      this.#break("ERR_CRASHED", `ended (${cause})`);
    }
  }

  #break(code: ProtocolErrorCode, message: string): void {
    if (this.#broken) return;
    this.#broken = new ProtocolError(code, message);
    this.#kill();
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending) {
      clearTimeout(pending.timer);
      pending.reject(this.#broken);
    }
  }

  #kill(): void {
    this.#child.kill("SIGKILL");
    // A process of its own that it left behind may hold the other ends open.
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }
}

/** The beginning of a line, with its strange octets escaped. */
function excerpt(octets: Uint8Array): string {
  const text = Buffer.from(octets.subarray(0, 200)).toString("utf8");
  return JSON.stringify(octets.length > 200 ? `${text}…` : text);
}
