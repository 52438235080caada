import {
  type Awaitable,
  type DiagnoseOutput,
  type Implementation,
  type Parameter,
  ProtocolError,
  type ProvenCause,
  type SignOutput,
  Unsupported,
  type VerifyOutput,
} from "@oauth1/properties";
import type { Own } from "@oauth1/properties/signed-request";
import {
  checkArgument,
  count,
  type Kind,
  listOf,
  milliseconds,
  optional,
  record,
} from "./check-options.js";
import { PROTOCOL } from "./protocol-commands.js";
import { type Answer, SignerProcess } from "./signer-process.js";

/** How a child process is run. */
export interface CommandOptions {
  /**
   * Milliseconds for one answer. Default: 10,000. The description, which is the first one of
   * each process, has 10,000 at least: some languages start slowly.
   */
  readonly timeout?: number | undefined;
  /** The working directory of the process. Default: that of this process. */
  readonly folder?: string | undefined;
  /** Environment variables of the process besides those of this one. Default: none. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * How often the process is restarted before it is given up. Default: 100. A crash or
   * noise takes one of it; what may have been a hang, which is long, ten.
   */
  readonly restarts?: number | undefined;
}

const TIMEOUT = 10_000;

const RESTARTS = 100;
const RESTARTS_OF_A_HANG = 10;

/** A text without NUL, which the operating system cannot pass on. */
const argumentKind: Kind = {
  mustBe: "a string without NUL",
  isValid: (value) => typeof value === "string" && !value.includes("\0"),
};
const programKind: Kind = {
  mustBe: "a non-empty string without NUL",
  isValid: (value) => value !== "" && argumentKind.isValid(value),
};
const environmentKind: Kind = {
  mustBe: "an object whose values are strings without NUL",
  isValid: (value) =>
    typeof value === "object" && value !== null && Object.values(value).every(argumentKind.isValid),
};
const optionsKind = record({
  timeout: optional(milliseconds),
  folder: optional(programKind),
  environment: optional(environmentKind),
  restarts: optional(count),
});

type Message = Readonly<Record<string, unknown>>;

/**
 * An implementation in a child process that speaks the conformance protocol: JSON Lines on its
 * standard input and output. It is started and asked what it is; what its `describe` does not name
 * is never asked.
 *
 * A crash, a time-out, noise, half a line and a line that is too long are thrown as
 * {@link ProtocolError}; the process is killed and restarted for the next request. One that does
 * this again and again is given up: every later request is rejected with `ERR_GIVEN_UP`. `close()`
 * ends the process.
 *
 * The process leads a process group. It is killed with all that it started: after `close()`, at its
 * own end, and when this process ends, by Ctrl+C too. On Windows, what it started is ended as long as
 * it runs itself.
 *
 * @param command - The program.
 * @param args - Its arguments.
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type.
 * @throws {@link ProtocolError} where the process cannot be started or does not describe itself.
 */
export async function commandImplementation(
  command: string,
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<Implementation> {
  checkArgument("commandImplementation", "command", command, programKind);
  checkArgument("commandImplementation", "args", args, listOf(argumentKind));
  checkArgument("commandImplementation", "options", options, optionsKind);
  const { timeout = TIMEOUT, folder, environment, restarts = RESTARTS } = options;
  let signer: SignerProcess | undefined;
  let id = 0;
  let restartsLeft = restarts;
  let lastBreak = "";
  /** Requests go one after the other, in the order in which they are made. */
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
  const start = async (): Promise<Answer> => {
    signer = new SignerProcess(command, args, folder, environment);
    return signer.ask(++id, { command: "describe" }, Math.max(timeout, TIMEOUT));
  };
  const answerTo = async (request: Message): Promise<Answer> => {
    if (restartsLeft <= 0) {
      throw new ProtocolError(
        "ERR_GIVEN_UP",
        `it broke the protocol again and again, the last time so: ${lastBreak}`,
      );
    }
    try {
      if (request["command"] === "describe") return await start();
      if (signer === undefined) await start();
      return await (signer as SignerProcess).ask(++id, request, timeout);
    } catch (error) {
      signer = undefined;
      const { code, message } = error as ProtocolError;
      restartsLeft -= code === "ERR_TIMEOUT" || code === "ERR_HALF_LINE" ? RESTARTS_OF_A_HANG : 1;
      lastBreak = message;
      throw error;
    }
  };
  const ask = async (request: Message): Promise<Answer> =>
    accepted(await inTurn(() => answerTo(request)));
  const close = (): Promise<void> =>
    inTurn(async () => {
      await signer?.stop(++id, timeout);
      signer = undefined;
    });

  try {
    return implementation(await ask({ command: "describe" }), ask, close);
  } catch (error) {
    await close();
    // An implementation that rejects `describe` cannot be tested.
    throw error instanceof ProtocolError
      ? error
      : new ProtocolError(
          "ERR_ANSWER",
          `the program rejects "describe": ${(error as Error).message}`,
        );
  }
}

type Ask = (request: Message) => Promise<Answer>;

function implementation(
  description: Answer,
  ask: Ask,
  close: () => Awaitable<void>,
): Implementation {
  requireProtocol(description);
  const commands = texts(description, "commands") ?? missing("commands");
  const signatureMethods = texts(description, "signatureMethods");
  const transmissions = texts(description, "transmissions");
  const has = <T extends object>(command: string, methods: T): T | object =>
    commands.includes(command) ? methods : {};
  const requireKnown = (what: string, known: readonly string[] | undefined, value: string) => {
    if (known && !known.includes(value)) throw new Unsupported(`no ${what} ${value}`);
  };

  const methods: Partial<Implementation> = {
    ...has("percent-encode", {
      percentEncode: async (input: string | Uint8Array) =>
        text(
          await ask({
            command: "percent-encode",
            ...toEncode(input, description["codeUnits"] === true),
          }),
          "result",
        ),
    }),
    ...has("base-string", {
      signatureBaseString: async (input: object) =>
        text(await ask({ command: "base-string", ...input }), "result"),
    }),
    ...has("signature", {
      signature: async (input: { readonly signatureMethod: string }) => {
        requireKnown("signature method", signatureMethods, input.signatureMethod);
        return text(await ask({ command: "signature", ...input }), "result");
      },
    }),
    ...has("sign", {
      sign: async (input: { readonly signatureMethod: string; readonly transmission: string }) => {
        requireKnown("signature method", signatureMethods, input.signatureMethod);
        requireKnown("transmission", transmissions, input.transmission);
        return signOutput(await ask({ command: "sign", ...input }));
      },
    }),
    ...has("verify", {
      verify: async (request: object) => verifyOutput(await ask({ command: "verify", ...request })),
    }),
    ...has("diagnose", {
      diagnose: async (request: object) =>
        diagnoseOutput(await ask({ command: "diagnose", ...request })),
    }),
  };
  return {
    name: text(description, "name"),
    version: text(description, "version"),
    language: text(description, "language"),
    ...(signatureMethods === undefined ? {} : { signatureMethods }),
    ...(transmissions === undefined ? {} : { transmissions }),
    ...own(description),
    ...methods,
    close,
  };
}

/** A later version can give the same names another meaning. A program that names none speaks the first one. */
function requireProtocol({ protocol = PROTOCOL }: Answer): void {
  if (protocol === PROTOCOL) return;
  if (!Number.isSafeInteger(protocol)) missing("protocol");
  throw new ProtocolError(
    "ERR_ANSWER",
    `the program speaks version ${protocol} of the protocol, and this runner version ${PROTOCOL}: ` +
      "use the runner of that version",
  );
}

/** Half of a surrogate pair is not sent as text: most languages cannot read such JSON. */
function toEncode(input: string | Uint8Array, takesCodeUnits: boolean): object {
  if (typeof input !== "string") return { octets: Buffer.from(input).toString("base64") };
  if (!/\p{Surrogate}/u.test(input)) return { text: input };
  if (!takesCodeUnits) throw new Unsupported("text with half of a surrogate pair");
  return { codeUnits: Array.from({ length: input.length }, (_, index) => input.charCodeAt(index)) };
}

/** What it cannot be given. Other values than true and false say nothing. */
function own(description: Answer): Own {
  const names = ["ownNonce", "ownTimestamp", "ownVersion"] as const;
  return Object.fromEntries(
    names.filter((name) => description[name] === true).map((name) => [name, true]),
  );
}

/** The answer, where it is neither a rejection nor word that the request is not supported. */
function accepted(answer: Answer): Answer {
  if (Object.hasOwn(answer, "unsupported")) throw new Unsupported(text(answer, "unsupported"));
  if (Object.hasOwn(answer, "error")) throw new Error(text(answer, "error"));
  return answer;
}

function signOutput(answer: Answer): SignOutput {
  const output: Parameter[] = [];
  for (const field of ["authorization", "url", "body", "baseString", "signature"]) {
    if (answer[field] !== undefined && answer[field] !== null) {
      output.push([field, text(answer, field)]);
    }
  }
  return Object.fromEntries(output);
}

function verifyOutput(answer: Answer): VerifyOutput {
  const { valid, problem } = answer;
  if (typeof valid !== "boolean") return missing("valid");
  return problem === undefined || problem === null
    ? { valid }
    : { valid, problem: text(answer, "problem") };
}

function diagnoseOutput(answer: Answer): DiagnoseOutput {
  const { valid, causes } = answer;
  if (typeof valid !== "boolean") return missing("valid");
  if (valid) return { valid };
  return { valid, causes: Array.isArray(causes) ? causes.map(provenCause) : missing("causes") };
}

function provenCause(cause: unknown): ProvenCause {
  if (typeof cause !== "object" || cause === null) return missing("causes");
  const answer = cause as Answer;
  return {
    mistakes: texts(answer, "mistakes") ?? missing("mistakes"),
    section: text(answer, "section"),
    baseString: text(answer, "baseString"),
    ...(answer["key"] === undefined ? {} : { key: text(answer, "key") }),
  };
}

function text(answer: Answer, field: string): string {
  const value = answer[field];
  return typeof value === "string" ? value : missing(field);
}

function texts(answer: Answer, field: string): string[] | undefined {
  const value = answer[field];
  if (value === undefined) return undefined;
  return Array.isArray(value) && value.every((item) => typeof item === "string")
    ? value
    : missing(field);
}

function missing(field: string): never {
  throw new ProtocolError("ERR_ANSWER", `${field}: missing in the answer, or of the wrong type`);
}
