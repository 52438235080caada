import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { type Implementation, serveImplementation } from "@oauth1/conformance";
import { percentEncode } from "@oauth1/percent-encoding";
import { type FuzzTarget, hold, holdEqual } from "../target.js";

const implementation: Implementation = {
  name: "fuzzed",
  version: "1.0",
  language: "JavaScript",
  percentEncode: (text) => percentEncode(typeof text === "string" ? text : ""),
  signatureBaseString: ({ method, url }) => `${method}&${url}`,
  signature: ({ baseString }) => baseString,
  verify: () => ({ valid: true }),
};

/** The conformance protocol: each line has one answer, however the lines come in pieces. */
export const target: FuzzTarget = {
  name: "json-lines",
  modules: /runner\/dist\/(?:lines|fields|protocol-commands|serve-implementation)\.js$/,
  seeds: [
    '{"id":1,"command":"describe"}\n{"id":2,"command":"percent-encode","text":"a b"}\n',
    '{"id":"x","command":"percent-encode","codeUnits":[97,65535]}',
    '{"id":1,"command":"percent-encode","octets":"YQ=="}\r\n{"command":"stop"}\n{"id":3}',
    '{"id":1,"command":"base-string","method":"GET","url":"http://e/","parameters":[["a","b"]],"form":null}',
    '{"id":1,"command":"signature","baseString":"a","clientSharedSecret":"b","tokenSharedSecret":"c","signatureMethod":"HMAC-SHA1"}',
    '{"id":1,"command":"verify","method":"GET","url":"http://e/","headers":[],"body":null,"clientSharedSecret":"","tokenSharedSecret":""}',
    '{"id":1,"command":"diagnose"}\n[]\n"a"\nnull\n\n',
    '{"id":1,"command":"sign","method":"GET","url":"http://e/","client":{"identifier":"a","sharedSecret":"b"}}',
  ],
  tokens: [
    "\n",
    '{"id":1,',
    '"command":',
    '"describe"',
    '"stop"',
    '"percent-encode"',
    '"octets":',
    '"codeUnits":',
    '"text":',
    "null",
    "[]",
    "{}",
    "-1",
    "1e99",
    "\\u0000",
    "\xff",
    "__proto__",
  ],
  async check(input) {
    const octets = Buffer.from(input, "latin1");
    const whole = await answers([octets]);
    const lines = octets.toString("latin1").replace(/\n$/, "").split("\n");
    const asked = lines.slice(0, whole.length);
    const isStopped = asked.length < lines.length || octets.length === 0;
    hold(
      isStopped || whole.length === lines.length || lines.at(-1)?.includes("stop") === true,
      "each line has one answer",
      whole.length,
      lines.length,
    );
    for (const [index, answer] of whole.entries()) {
      const line = parsedLine(lines[index] ?? "");
      const { id, error, ...rest } = JSON.parse(answer) as Record<string, unknown>;
      const isResult = error === undefined && Object.keys(rest).length > 0;
      hold(isResult || typeof error === "string", "an answer is a result or an error", answer);
      const isValidId = typeof line?.["id"] === "string" || Number.isSafeInteger(line?.["id"]);
      if (isValidId) holdEqual(id, line?.["id"], "an answer has the id of its request");
      else hold(id === undefined, "an answer has no id of its own", answer);
    }
    const pieces = Array.from({ length: Math.ceil(octets.length / 3) }, (_, index) =>
      octets.subarray(3 * index, 3 * index + 3),
    );
    holdEqual(await answers(pieces), whole, "the answers do not depend on the pieces");
  },
};

async function answers(pieces: readonly Buffer[]): Promise<string[]> {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = once(output, "end");
  await serveImplementation(implementation, { input: Readable.from(pieces), output });
  output.end();
  await ended;
  const lines = Buffer.concat(chunks).toString().split("\n");
  hold(lines.pop() === "", "the last answer ends with a line break");
  return lines;
}

function parsedLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Buffer.from(line, "latin1"),
      ),
    );
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
