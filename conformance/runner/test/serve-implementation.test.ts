import { PassThrough } from "node:stream";
import { oauth1Implementation, serveImplementation } from "@oauth1/conformance";
import { describe, expect, it } from "vitest";

type Answer = Record<string, unknown>;

/** The answers to these lines, given as text or as values for JSON. */
async function answers(...lines: (string | Buffer | object)[]): Promise<Answer[]> {
  const input = new PassThrough();
  const output = new PassThrough({ highWaterMark: 16 });
  const served = serveImplementation(oauth1Implementation(), { input, output });
  for (const line of lines) {
    input.write(typeof line === "string" || Buffer.isBuffer(line) ? line : JSON.stringify(line));
    input.write("\n");
  }
  input.end();
  const read = output.toArray();
  await served;
  output.end();
  const text = Buffer.concat(await read).toString("utf8");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

const signature = {
  command: "signature",
  baseString: "bs",
  clientSharedSecret: "cs",
  tokenSharedSecret: "",
  signatureMethod: "HMAC-SHA1",
};

// RFC 5849 §1.2, as received.
const received = {
  command: "verify",
  method: "GET",
  url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
  headers: [
    [
      "authorization",
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
        'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ' +
        'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
    ],
  ],
  body: null,
  clientSharedSecret: "kd94hf93k423kf44",
  tokenSharedSecret: "pfkkdhi9sl3r4s00",
};

describe("serveImplementation", () => {
  it("rejects signature methods that verify does not list", async () => {
    const listing = (...signatureMethods: string[]) => ({ ...received, signatureMethods });
    const rejected = { valid: false, problem: "signature_method_rejected" };
    expect(
      await answers(
        listing("HMAC-SHA1", "RSA-SHA256"),
        listing("RSA-SHA256", "HMAC-SHA256", "PLAINTEXT"),
        listing("hmac-sha1"),
        listing(),
        { ...listing(), signatureMethods: "HMAC-SHA1" },
      ),
    ).toEqual([
      { valid: true },
      rejected,
      rejected,
      rejected,
      { error: "signatureMethods: expected a list of strings" },
    ]);
  });

  it("describes itself", async () => {
    expect(await answers({ id: 1, command: "describe" })).toEqual([
      {
        id: 1,
        name: "oauth1",
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        language: "TypeScript",
        protocol: 1,
        commands: ["percent-encode", "base-string", "signature", "sign", "verify", "diagnose"],
        signatureMethods: [
          "HMAC-SHA1",
          "HMAC-SHA256",
          "HMAC-SHA512",
          "RSA-SHA1",
          "RSA-SHA256",
          "RSA-SHA512",
          "PLAINTEXT",
        ],
        codeUnits: true,
        transmissions: ["header", "form-body", "query"],
      },
    ]);
  });

  it("answers in order, with the ids of the requests", async () => {
    const asked = Array.from({ length: 200 }, (_, id) => ({
      id: id % 2 === 0 ? id : `n${id}`,
      command: "percent-encode",
      text: `${id} `,
    }));
    expect(await answers(...asked)).toEqual(
      asked.map(({ id }, index) => ({ id, result: `${index}%20` })),
    );
  });

  it("answers published values", async () => {
    // wiki.oauth.net, TestCases.
    expect(await answers({ id: 1, ...signature })).toEqual([
      { id: 1, result: "egQqG5AJep5sJ7anhXju1unge2I=" },
    ]);
    expect(await answers({ id: 1, command: "percent-encode", octets: "/w==" })).toEqual([
      { id: 1, result: "%FF" },
    ]);
    expect(await answers({ id: 1, ...received })).toEqual([{ id: 1, valid: true }]);
  });

  it.each([
    ["a changed URL", { url: `${received.url}x` }, "signature_invalid"],
    ["another secret", { tokenSharedSecret: "" }, "signature_invalid"],
    ["no header field", { headers: [] }, "parameter_absent"],
    [
      "a header field that is cut off",
      { headers: [["Authorization", "OAuth a"]] },
      "parameter_rejected",
    ],
    ["a parameter twice", { url: `${received.url}&oauth_nonce=chapoH` }, "parameter_rejected"],
    [
      "parameters in two places",
      { url: `${received.url}&oauth_version=1.0` },
      "parameter_rejected",
    ],
    [
      "another version",
      {
        headers: received.headers.map(([name, value]) => [name, `${value}, oauth_version="2.0"`]),
      },
      "version_rejected",
    ],
  ])("reports the problem of %s", async (_, change, problem) => {
    expect(await answers({ id: 1, ...received, ...change })).toEqual([
      { id: 1, valid: false, problem },
    ]);
  });

  it("answers that a request is unsupported", async () => {
    expect(await answers({ id: 1, ...signature, signatureMethod: "HMAC-MD5" })).toEqual([
      { id: 1, unsupported: 'no signature method "HMAC-MD5"' },
    ]);
  });

  it("rejects what cannot be encoded", async () => {
    expect(await answers('{"id":1,"command":"percent-encode","text":"a\\ud800"}')).toEqual([
      { id: 1, error: expect.stringMatching(/: lone surrogate at index 1; /) },
    ]);
  });

  it.each([
    ["text that is not JSON", "hello", { error: expect.stringContaining("not a JSON object") }],
    ["an empty line", "", { error: expect.stringContaining("not a JSON object") }],
    ["JSON that is not an object", "[1]", { error: expect.stringContaining("not a JSON object") }],
    ["null", "null", { error: expect.stringContaining("not a JSON object") }],
    [
      "no UTF-8",
      Buffer.from([0x22, 0xff, 0x22]),
      { error: expect.stringContaining("not a JSON object") },
    ],
    ["deep nesting", "[".repeat(100_000), { error: expect.stringContaining("not a JSON object") }],
    ["no command", { id: 1 }, { id: 1, error: "command: expected a string" }],
    [
      "an unknown command",
      { id: 1, command: "constructor" },
      { id: 1, error: expect.stringMatching(/^command: expected one of describe, /) },
    ],
    [
      "an id that cannot be repeated",
      { id: {}, command: "describe" },
      { error: "id: expected a string or an integer" },
    ],
    ["no text", { id: 1, command: "percent-encode" }, { id: 1, error: "text: expected a string" }],
    [
      "a number",
      { id: 1, command: "percent-encode", text: 5 },
      { id: 1, error: "text: expected a string" },
    ],
    [
      "no base64",
      { id: 1, command: "percent-encode", octets: "/w" },
      { id: 1, error: "octets: expected base64" },
    ],
    [
      "a pair of three",
      {
        id: 1,
        command: "base-string",
        method: "GET",
        url: "http://a/",
        parameters: [["a", "b", "c"]],
        form: null,
      },
      { id: 1, error: "parameters: expected a list of [name, value] pairs" },
    ],
    [
      "no secret",
      { id: 1, ...signature, clientSharedSecret: null },
      { id: 1, error: "clientSharedSecret: expected a string" },
    ],
    [
      "a claim that is not text",
      { id: 1, ...received, command: "diagnose", baseString: 5 },
      { id: 1, error: "baseString: expected a string" },
    ],
    [
      "a line of more than 1 MiB",
      "a".repeat(1024 * 1024 + 1),
      { error: "a line of more than 1 MiB" },
    ],
  ])("answers %s with an error, and reads the next line", async (_, line, error) => {
    const next = { id: 2, command: "percent-encode", text: " " };
    expect(await answers(line, next)).toEqual([error, { id: 2, result: "%20" }]);
  });

  it("reads a line of exactly 1 MiB", async () => {
    const [head, tail] = ['{"id":1,"command":"percent-encode","text":"', '"}'];
    const text = "a".repeat(1024 * 1024 - head.length - tail.length);
    expect(await answers(`${head}${text}${tail}`)).toEqual([{ id: 1, result: text }]);
  });

  it("ends at stop, and does not answer requests after it", async () => {
    const stop = { id: 1, command: "stop" };
    expect(await answers(stop, { id: 2, command: "describe" })).toEqual([]);
  });

  it("reads a last line without line break", async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end('{"id":1,"command":"percent-encode","text":"a"}');
    await serveImplementation(oauth1Implementation(), { input, output });
    expect(output.read().toString()).toBe('{"id":1,"result":"a"}\n');
  });

  it("waits until the answers are read", async () => {
    const input = new PassThrough();
    const output = new PassThrough({ highWaterMark: 64 });
    for (let id = 0; id < 100; id++) {
      input.write(`{"id":${id},"command":"percent-encode","text":"${"a".repeat(100)}"}\n`);
    }
    input.end();
    const served = serveImplementation(oauth1Implementation(), { input, output });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(output.readableLength + output.writableLength).toBeLessThan(1000);
    output.resume();
    await served;
  });

  it("ends when the reader closes the stream", async () => {
    const input = new PassThrough();
    const output = new PassThrough({ highWaterMark: 16 });
    const served = serveImplementation(oauth1Implementation(), { input, output });
    input.write('{"id":1,"command":"describe"}\n{"id":2,"command":"describe"}\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    output.destroy(new Error("EPIPE"));
    await served;
  });
});
