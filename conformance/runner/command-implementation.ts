import {
  type Awaitable,
  type Implementation,
  type Parameter,
  type SignOutput,
  Unsupported,
  type VerifyOutput,
} from "./implementation.js";
import { ProtocolError } from "./protocol-error.js";
import type { Own } from "./sent.js";
import { type Answer, SignerProcess } from "./signer-process.js";

/** How long to wait. */
export interface CommandOptions {
  /** Milliseconds for one answer, the start of the process included. 10,000 where left out. */
  readonly timeout?: number | undefined;
  /** The working directory of the process. That of this process where left out. */
  readonly folder?: string | undefined;
}

/**
 * An implementation in a child process that speaks the conformance protocol: JSON Lines on its
 * standard input and output. It is started and asked what it is; what its `describe` does not name
 * is never asked.
 *
 * A crash, a time-out, noise, half a line and a line that is too long are thrown as
 * {@link ProtocolError}; the process is killed and started anew for the next request. `close()`
 * ends the process.
 *
 * @param command - The program.
 * @param args - Its arguments.
 * @throws {@link ProtocolError} where the process cannot be started or does not describe itself.
 */
export async function commandImplementation(
  command: string,
  args: readonly string[] = [],
  { timeout = 10_000, folder }: CommandOptions = {},
): Promise<Implementation> {
  let signer: SignerProcess | undefined;
  let id = 0;
  /** Requests go one after the other, in the order in which they are made. */
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
  const answerTo = async (request: Readonly<Record<string, unknown>>): Promise<Answer> => {
    signer ??= new SignerProcess(command, args, { timeout, folder });
    try {
      return await signer.ask(++id, request);
    } catch (error) {
      signer = undefined;
      throw error;
    }
  };
  const ask = async (request: Readonly<Record<string, unknown>>): Promise<Answer> =>
    accepted(await inTurn(() => answerTo(request)));
  const close = (): Promise<void> =>
    inTurn(async () => {
      await signer?.stop(++id);
      signer = undefined;
    });

  try {
    return implementation(await ask({ command: "describe" }), ask, close);
  } catch (error) {
    await close();
    // Before it is known what it is, a refusal is no answer either.
    throw error instanceof ProtocolError
      ? error
      : new ProtocolError("ERR_ANSWER", `describe is refused: ${(error as Error).message}`);
  }
}

type Ask = (request: Readonly<Record<string, unknown>>) => Promise<Answer>;

function implementation(
  description: Answer,
  ask: Ask,
  close: () => Awaitable<void>,
): Implementation {
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
            ...(typeof input === "string"
              ? { text: input }
              : { octets: Buffer.from(input).toString("base64") }),
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

/** What it cannot be given. Other values than true and false say nothing. */
function own(description: Answer): Own {
  const names = ["ownNonce", "ownTimestamp", "ownVersion"] as const;
  return Object.fromEntries(
    names.filter((name) => description[name] === true).map((name) => [name, true]),
  );
}

/** The answer, where it is neither a refusal nor word that the request is not supported. */
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
