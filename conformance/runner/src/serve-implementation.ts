import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { type Implementation, Unsupported } from "@oauth1/properties";
import { implementationKind } from "./argument-kinds.js";
import { callback, checkArgument, openRecord, record } from "./check-options.js";
import { FieldError, field, type Request, text } from "./fields.js";
import { type Line, LineSplitter, parseObject } from "./lines.js";
import { PROTOCOL, protocolCommands } from "./protocol-commands.js";

/** The streams of requests and answers. */
export interface ServeStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Answers the conformance protocol for an implementation: reads one JSON object per line, and
 * writes one per line, in the order of the requests. A line that is not a request is answered
 * with an error that names the field, and the next line is read. Ends with `stop`, at the end
 * of the input, or when the reader closes the output.
 *
 * @param implementation - The implementation, which is not closed at the end.
 * @throws OptionError for an argument that is missing, misspelled or of the wrong type.
 */
export async function serveImplementation(
  implementation: Implementation,
  streams: ServeStreams,
): Promise<void> {
  checkArgument("serveImplementation", "implementation", implementation, implementationKind);
  checkArgument("serveImplementation", "streams", streams, streamsKind);
  const { input, output } = streams;
  let isOpen = true;
  const stopListening = new AbortController();
  const close = () => {
    isOpen = false;
    stopListening.abort();
  };
  output.once("error", close);
  output.once("close", close);

  /** Answers a line. Returns false at the end. */
  const serve = async (line: Line): Promise<boolean> => {
    const answer = await answerTo(line, implementation);
    if (answer === undefined || !isOpen) return false;
    if (!output.write(`${JSON.stringify(answer)}\n`)) {
      await once(output, "drain", { signal: stopListening.signal }).catch(() => {});
    }
    return isOpen;
  };

  const lines = new LineSplitter();
  for await (const chunk of input) {
    for (const line of lines.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk)) {
      if (!(await serve(line))) return;
    }
  }
  // The last line can lack its line break.
  const rest = lines.rest();
  if (rest.length > 0) await serve({ octets: rest });
}

const streamsKind = record({
  input: {
    mustBe: "a readable stream",
    isValid: (value) =>
      value !== null && typeof value === "object" && Symbol.asyncIterator in value,
  },
  output: openRecord("a writable stream", { write: callback, once: callback }),
});

type Answer = object | undefined;

/** The answer to a line, or `undefined` to `stop`. */
async function answerTo(line: Line, implementation: Implementation): Promise<Answer> {
  if ("tooLong" in line) return { error: "a line of more than 1 MiB" };
  const request = parseObject(line.octets);
  if (request === undefined) return { error: "a line that is not a JSON object" };
  const { id } = request;
  if (id !== undefined && typeof id !== "string" && !Number.isSafeInteger(id)) {
    return { error: "id: expected a string or an integer" };
  }
  try {
    const answer = await answerToRequest(request, implementation);
    return answer && { id, ...answer };
  } catch (error) {
    const { message } = error as Error;
    return error instanceof Unsupported ? { id, unsupported: message } : { id, error: message };
  }
}

function answerToRequest(
  request: Request,
  implementation: Implementation,
): Answer | Promise<Answer> {
  const name = field(request, "command", text);
  if (name === "stop") return undefined;
  if (name === "describe") return describe(implementation);
  const command = protocolCommands.get(name);
  if (command === undefined) {
    const names = ["describe", ...protocolCommands.keys(), "stop"].join(", ");
    throw new FieldError("command", `one of ${names}`);
  }
  return command.answer(implementation, request);
}

function describe(implementation: Implementation): object {
  const { name, version, language, signatureMethods, transmissions } = implementation;
  const own = (["ownNonce", "ownTimestamp", "ownVersion"] as const).filter(
    (member) => implementation[member],
  );
  const commands = [...protocolCommands]
    .filter(([, { step }]) => implementation[step] !== undefined)
    .map(([command]) => command);
  return {
    name,
    version,
    language,
    protocol: PROTOCOL,
    commands,
    signatureMethods: signatureMethods ?? [],
    transmissions: transmissions ?? [],
    codeUnits: true,
    ...Object.fromEntries(own.map((member) => [member, true])),
  };
}
