// Every public function names the argument or option that is missing, misspelled or of the wrong type.
import { spawnSync } from "node:child_process";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import * as conformance from "@oauth1/conformance";
import { conformanceCommand } from "@oauth1/conformance/command";
import { describe, expect, it } from "vitest";

const SECRET = "hunter2";
const client = { identifier: "client", sharedSecret: SECRET };
const token = { identifier: "token", sharedSecret: SECRET };
const credentials = { client, token };
const implementation = {
  name: "x",
  version: "1",
  language: "JavaScript",
  percentEncode: (input: string | Uint8Array) => encodeURIComponent(String(input)),
};
const report = await conformance.runConformance([implementation], {
  topics: ["percent-encoding"],
  cases: 1,
  seed: 1,
});
const candidate = { name: "x", cases: 1, open: () => implementation };
const options = { seed: 1, cases: 1 };
const url = "http://127.0.0.1:9/";
const streams = { input: new PassThrough(), output: new PassThrough() };

/** A function, its arguments, and the expected message. */
type Row = readonly [
  call: keyof typeof conformance | "conformanceCommand",
  args: readonly unknown[],
  message: string,
];

const rows: readonly Row[] = [
  ["commandCandidate", [], "name must be a non-empty string"],
  ["commandCandidate", ["x", 5], "command must be a non-empty string"],
  ["commandCandidate", ["x", "node", "a.mjs"], "args must be a list"],
  ["commandCandidate", ["x", "node", ["a", 5]], "args[1] must be a string"],
  ["commandImplementation", [], "command must be a non-empty string without NUL"],
  ["commandImplementation", ["a\0b"], "command must be a non-empty string without NUL"],
  ["commandImplementation", ["node", "a.mjs"], "args must be a list"],
  ["commandImplementation", ["node", ["a\0"]], "args[0] must be a string without NUL"],
  ["commandImplementation", ["node", [], 5], "options must be an object"],
  [
    "commandImplementation",
    ["node", [], { timeout: "5" }],
    "timeout must be a whole number of milliseconds from 1 to 2147483647",
  ],
  [
    "commandImplementation",
    ["node", [], { timeout: 2 ** 31 }],
    "timeout must be a whole number of milliseconds from 1 to 2147483647",
  ],
  [
    "commandImplementation",
    ["node", [], { restarts: 0 }],
    "restarts must be a whole number of at least 1",
  ],
  [
    "commandImplementation",
    ["node", [], { folder: 5 }],
    "folder must be a non-empty string without NUL",
  ],
  [
    "commandImplementation",
    ["node", [], { timeOut: 5 }],
    "timeOut is not an option: use one of timeout, folder, environment, restarts",
  ],
  ["conformanceCommand", [5], "options must be an object"],
  ["conformanceCommand", [{ besides: candidate }], "besides must be a list"],
  [
    "conformanceCommand",
    [{ besides: [{ ...candidate, open: undefined }] }],
    "besides[0].open must be a function",
  ],
  ["conformanceCommand", [{ isColoured: true }], "isColoured must be a function"],
  [
    "conformanceCommand",
    [{ isColored: () => true }],
    "isColored is not an option: use one of besides, isColoured",
  ],
  ["discoverCandidates", [5], "folder must be a non-empty string"],
  ["discoverManifests", [5], "folder must be a non-empty string"],
  ["draftExpectations", [], "report must be the report of an implementation"],
  ["draftExpectations", [report.implementations[0], {}], "known.deviations must be a list"],
  ["formatCheck", [], "checked must be what onChecked is told"],
  [
    "formatCheck",
    [{ method: "GET", url: 5, valid: true, findings: [] }],
    "checked.url must be a string",
  ],
  ["formatReport", [], "report must be a report"],
  ["formatReport", [{ implementations: 5 }], "report.implementations must be a list"],
  ["formatReport", [report, { color: "always" }], "color must be true or false"],
  [
    "formatReport",
    [report, { colour: true }],
    "colour is not an option: use one of color, requireAll, verbose",
  ],
  ["hasFailed", [], "report must be a report"],
  [
    "hasFailed",
    [report, { requireall: true }],
    "requireall is not an option: use one of requireAll",
  ],
  ["hasFailed", [report, { requireAll: 1 }], "requireAll must be true or false"],
  ["hasFailedProbe", [report], "report.results must be a list"],
  ["isUnexpected", [{}], "result.id must be a string"],
  ["loadVectors", ["hmac-sha1"], "topics must be a list of at least one topic"],
  ["loadVectors", [[]], "topics must be a list of at least one topic"],
  ["loadVectors", [[5]], "topics[0] must be a string"],
  ["readExpectations", [], "folder must be a non-empty string"],
  ["runCandidates", [], "candidates must be a list"],
  ["runCandidates", [[implementation]], "candidates[0].cases must be a whole number of at least 1"],
  ["runCandidates", [[candidate], { jobs: 0 }], "jobs must be a whole number of at least 1"],
  [
    "runCandidates",
    [[candidate], { jobs: Number.NaN }],
    "jobs must be a whole number of at least 1",
  ],
  ["runCandidates", [[candidate], { seed: "1" }], "seed must be a whole number"],
  ["runCandidates", [[candidate], { cases: 0 }], "cases must be a whole number of at least 1"],
  [
    "runCandidates",
    [[candidate], { timeout: -1 }],
    "timeout must be a whole number of milliseconds from 1 to 2147483647",
  ],
  [
    "runCandidates",
    [[candidate], { topics: "sign" }],
    "topics must be a list of at least one topic",
  ],
  ["runCandidates", [[candidate], { topics: [] }], "topics must be a list of at least one topic"],
  ["runCandidates", [[candidate], { bail: "yes" }], "bail must be true or false"],
  ["runCandidates", [[candidate], { onProgress: 5 }], "onProgress must be a function"],
  ["runCandidates", [[candidate], { onEnd: 5 }], "onEnd must be a function"],
  [
    "runCandidates",
    [[candidate], { topic: ["sign"] }],
    "topic is not an option: use one of seed, cases, topics, levels, timeout, requirements, jobs, bail, onProgress, onEnd",
  ],
  ["runConformance", [implementation], "implementations must be a list"],
  [
    "runConformance",
    [[{ ...implementation, name: undefined }]],
    "implementations[0].name must be a string",
  ],
  [
    "runConformance",
    [[{ ...implementation, sign: "yes" }]],
    "implementations[0].sign must be a function",
  ],
  [
    "runConformance",
    [[implementation], { cases: "5" }],
    "cases must be a whole number of at least 1, or a function that gives one",
  ],
  [
    "runConformance",
    [[implementation], { topic: ["sign"] }],
    "topic is not an option: use one of seed, cases, topics, levels",
  ],
  ["runProbes", [], "target must be an object"],
  [
    "runProbes",
    [{ client }],
    "target.url must be an http or https URL, percent-encoded, without user name, password and fragment",
  ],
  ...[
    "ftp://a/",
    "http://",
    "http://a b/",
    "http://a/ b",
    "http://a/#b",
    `http://u:${SECRET}@a/`,
    "http://a/é",
    "http://[::1/",
  ].map(
    (wrong): Row => [
      "runProbes",
      [{ client, url: wrong }],
      "target.url must be an http or https URL, percent-encoded, without user name, password and fragment",
    ],
  ),
  ["runProbes", [{ url }], "target.client must be an object"],
  [
    "runProbes",
    [{ url, client: { ...client, identifier: "" } }],
    "target.client.identifier must be a non-empty string",
  ],
  [
    "runProbes",
    [{ url, client: { identifier: "a" } }],
    "target.client.sharedSecret must be a string",
  ],
  [
    "runProbes",
    [{ url, client: { ...client, secret: SECRET } }],
    "target.client.secret is not an option: use one of identifier, sharedSecret",
  ],
  ["runProbes", [{ url, client, token: SECRET }], "target.token must be an object"],
  [
    "runProbes",
    [{ url, client, method: "get" }],
    'target.method must be "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" or "OPTIONS"',
  ],
  [
    "runProbes",
    [{ url, client, signatureMethod: "HMAC-MD5" }],
    'target.signatureMethod must be "HMAC-SHA1", "HMAC-SHA256" or "HMAC-SHA512"',
  ],
  [
    "runProbes",
    [{ url, client, timeout: 0 }],
    "target.timeout must be a whole number of milliseconds from 1 to 2147483647",
  ],
  [
    "runProbes",
    [{ url, client, connectTimeout: "1" }],
    "target.connectTimeout must be a whole number of milliseconds from 1 to 2147483647",
  ],
  [
    "runProbes",
    [{ url, client, maximumBody: 0.5 }],
    "target.maximumBody must be a whole number of at least 1",
  ],
  [
    "runProbes",
    [{ url, client, timeOut: 1 }],
    "target.timeOut is not an option: use one of url, method, client, token, signatureMethod, connectTimeout, timeout, maximumBody",
  ],
  ["runProperties", [5, options], "implementation must be an Implementation"],
  ["runProperties", [implementation], "options must be an object"],
  ["runProperties", [implementation, { cases: 1 }], "seed must be a whole number"],
  ["runProperties", [implementation, { seed: 1 }], "cases must be a whole number of at least 1"],
  [
    "runProperties",
    [implementation, { ...options, topic: [] }],
    "topic is not an option: use one of seed, cases, topics, levels",
  ],
  ["runVectors", [implementation], "files must be a list"],
  ["runVectors", [implementation, ["sign"]], "files[0] must be a file of loadVectors()"],
  [
    "runVectors",
    [
      implementation,
      [{ topic: "sign", vectors: [{ id: "sign/a", input: null, result: "invalid" }] }],
    ],
    "files[0].vectors[0].input must be an object",
  ],
  [
    "runVectors",
    [implementation, [{ topic: "sign", vectors: [{ id: "sign/a", input: {} }] }]],
    'files[0].vectors[0].result must be "valid", "invalid" or "acceptable"',
  ],
  [
    "runVectors",
    [
      implementation,
      [{ topic: "sign", vectors: [{ id: "sign/a", input: {}, result: "acceptable" }] }],
    ],
    "files[0].vectors[0] must be a vector, with positions if it is acceptable",
  ],
  ["runVectors", [null, []], "implementation must be an Implementation"],
  ["serveChecks", [], "options must be an object"],
  ["serveChecks", [{}], "credentials must be an object"],
  ["serveChecks", [{ credentials: { client } }], "credentials.token must be an object"],
  [
    "serveChecks",
    [{ credentials: { client: { identifier: "a" }, token } }],
    "credentials.client.sharedSecret must be a string of Unicode text",
  ],
  [
    "serveChecks",
    [{ credentials: { client, token: { ...token, sharedSecret: `${SECRET}\ud800` } } }],
    "credentials.token.sharedSecret must be a string of Unicode text",
  ],
  [
    "serveChecks",
    [{ credentials: { client: { ...client, privateKey: SECRET }, token } }],
    "credentials.client.privateKey must be an RSA private key in PEM, without a passphrase, of at least 2048 bits",
  ],
  [
    "serveChecks",
    [{ credentials: { client: { ...client, secret: SECRET }, token } }],
    "credentials.client.secret is not an option: use one of identifier, sharedSecret, privateKey",
  ],
  ["serveChecks", [{ credentials, host: "" }], "host must be a non-empty string"],
  ["serveChecks", [{ credentials, port: "5850" }], "port must be a whole number from 0 to 65535"],
  ["serveChecks", [{ credentials, port: 65_536 }], "port must be a whole number from 0 to 65535"],
  ["serveChecks", [{ credentials, onChecked: 5 }], "onChecked must be a function"],
  ["serveChecks", [{ credentials, onError: 5 }], "onError must be a function"],
  [
    "serveChecks",
    [{ credentials, prot: 5850 }],
    "prot is not an option: use one of credentials, host, port, onChecked, onError",
  ],
  ["serveImplementation", [undefined, streams], "implementation must be an Implementation"],
  ["serveImplementation", [implementation], "streams must be an object"],
  [
    "serveImplementation",
    [implementation, { ...streams, input: "a" }],
    "streams.input must be a readable stream",
  ],
  [
    "serveImplementation",
    [implementation, { input: streams.input }],
    "streams.output must be a writable stream",
  ],
];

const functions: Readonly<Record<string, unknown>> = { ...conformance, conformanceCommand };

describe("a wrong argument", () => {
  it.each(rows)("is rejected by %s%j", async (name, args, message) => {
    const call = functions[name] as (...args: readonly unknown[]) => unknown;
    // Thrown synchronously, or by a promise.
    const error = await Promise.resolve()
      .then(() => call(...args))
      .catch((reason: unknown) => reason);
    expect((error as Error).message).toBe(`${name}(): ${message}`);
    expect((error as Error).message).not.toContain(SECRET);
    expect(error).toBeInstanceOf(conformance.OptionError);
    expect(error).toMatchObject({ code: "ERR_CONFORMANCE_OPTION", option: message.split(" ")[0] });
  });

  it("is tested for every function that takes one", () => {
    const rowed = new Set<string>(rows.map(([name]) => name));
    const left = Object.entries(functions)
      .filter(([, value]) => typeof value === "function" && !/^class/.test(String(value)))
      .map(([name]) => name)
      .filter((name) => !rowed.has(name));
    // These two functions take no argument.
    expect(left.sort()).toEqual(["oauth1Implementation", "vendoredEncoderImplementation"]);
  });

  it("is rejected by a report's writer", () => {
    for (const write of conformance.reportWriters.values()) {
      expect(() => write(5 as never)).toThrow("write(): report must be a report");
    }
  });
});

describe("a wrong option of a command", () => {
  const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
  const env = {
    PATH: process.env["PATH"],
    OAUTH1_CLIENT_IDENTIFIER: "c",
    OAUTH1_CLIENT_SHARED_SECRET: SECRET,
  };
  const without = (name: string) => ({ ...env, [name]: undefined });
  it.each<[readonly string[], RegExp, NodeJS.ProcessEnv?]>([
    [["run", "--seed", "x"], /option '--seed <number>'.*Not a whole number/],
    [["run", "--cases", "0"], /option '--cases <number>'.*Not a positive number/],
    [["run", "--timeout", "1s"], /option '--timeout <ms>'.*Not a whole number/],
    [["run", "--timeout", "2147483648"], /option '--timeout <ms>'.*More than 2147483647/],
    [["run", "--jobs", "0"], /option '--jobs <number>'.*Not a positive number/],
    [["run", "--topics", "sign"], /unknown option '--topics'\n\(Did you mean --topic\?\)/],
    [["run", "--report"], /option '--report <file>' argument missing/],
    [
      ["run", "--report", "/no/such/folder/a.json", "--implementation", "vendored-encoder"],
      /--report \/no\/such\/folder\/a\.json: cannot be written: ENOENT/,
    ],
    [["serve", "--port", "65536"], /option '--port <number>'.*Not a port/],
    [["serve", "--prot", "1"], /unknown option '--prot'\n\(Did you mean --port\?\)/],
    [["serve", "here"], /too many arguments/],
    [["probe"], /missing required argument 'url'/],
    [["probe", "ftp://a/"], /: url must be an http or https URL/],
    [
      ["probe", `http://user:${SECRET}@a/`],
      /: url must be an http or https URL, .*without user name, password/,
    ],
    [
      ["probe", url],
      /the client identifier is missing: .*OAUTH1_CLIENT_IDENTIFIER/,
      without("OAUTH1_CLIENT_IDENTIFIER"),
    ],
    [
      ["probe", url],
      /the client shared-secret is missing: set OAUTH1_CLIENT_SHARED_SECRET/,
      without("OAUTH1_CLIENT_SHARED_SECRET"),
    ],
    [
      ["probe", "--token-identifier", "t", url],
      /the token shared-secret is missing: set OAUTH1_TOKEN_SHARED_SECRET/,
    ],
    [["probe", "--client-identifier", "", url], /: client\.identifier must be a non-empty string/],
    [["probe", "--method", "BREW", url], /: method must be "GET", /],
    [["probe", "--signature-method", "RSA-SHA1", url], /: signatureMethod must be "HMAC-SHA1", /],
    [["probe", "--timeout", "0", url], /option '--timeout <ms>'.*Not a positive number/],
    [
      ["probe", "--connect-timeout", "x", url],
      /option '--connect-timeout <ms>'.*Not a whole number/,
    ],
    [["probe", "--maximum-body", "-1", url], /option '--maximum-body <bytes>'/],
    [
      ["probe", "--time-out", "1", url],
      /unknown option '--time-out'\n\(Did you mean --timeout\?\)/,
    ],
  ])("%j", (args, message, environment = env) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      env: environment,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain("unexpected");
  });
});
