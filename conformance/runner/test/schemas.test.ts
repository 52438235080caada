import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Candidate,
  commandImplementation,
  type Expectations,
  type Implementation,
  oauth1Implementation,
  ProtocolError,
  runCandidates,
  runConformance,
} from "@oauth1/conformance";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "oauth1-conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ajv = new Ajv2020({ strict: false, allErrors: true });
for (const name of ["protocol", "report"]) {
  const file = new URL(`../schema/${name}.schema.json`, import.meta.url);
  ajv.addSchema(JSON.parse(readFileSync(file, "utf8")), name);
}

/** The errors of a message or a report according to the schema. */
function errors(schema: string, data: unknown): unknown {
  const validate = ajv.getSchema(schema);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  return validate(data) ? [] : [data, validate.errors];
}

describe("protocol.schema.json", () => {
  it("matches the messages of runner and signer", async () => {
    const [read, written] = [join(folder, "read"), join(folder, "written")];
    const script = fileURLToPath(new URL("children/recorded-oauth1.mjs", import.meta.url));
    const child = await commandImplementation(process.execPath, [script, read, written]);
    await runConformance([child], { seed: 7, cases: 5 });
    const received = {
      method: "GET",
      url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
      // RFC 5849 §1.2.
      headers: [
        [
          "Authorization",
          'OAuth oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
            'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", ' +
            'oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
        ],
      ],
      body: null,
      clientSharedSecret: "kd94hf93k423kf44",
      tokenSharedSecret: "pfkkdhi9sl3r4s00",
    } as const;
    expect(await child.diagnose?.(received)).toEqual({ valid: true });
    expect(await child.diagnose?.({ ...received, method: "POST" })).toEqual({
      valid: false,
      causes: [
        {
          mistakes: ["MethodOverridden"],
          section: "§3.4.1.1",
          baseString: expect.stringMatching(/^GET&/),
          key: "kd94hf93k423kf44&pfkkdhi9sl3r4s00",
        },
      ],
    });
    expect(await child.diagnose?.({ ...received, clientSharedSecret: "another" })).toEqual({
      valid: false,
      causes: [],
    });
    await child.close?.();
    const lines = (path: string): Record<string, unknown>[] =>
      readFileSync(path, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));

    const requests = lines(read);
    for (const message of requests) expect(errors("protocol#/$defs/request", message)).toEqual([]);
    const commands = new Set(requests.map(({ command }) => command));
    expect([...commands].sort()).toEqual(
      [
        "base-string",
        "describe",
        "diagnose",
        "percent-encode",
        "sign",
        "signature",
        "stop",
        "verify",
      ].sort(),
    );
    const answers = lines(written);
    expect(answers.length).toBe(requests.length - 1);
    for (const message of answers) expect(errors("protocol#/$defs/answer", message)).toEqual([]);
  });

  it.each([
    { command: "sing" },
    { id: 1, command: "percent-encode" },
    { id: 1, command: "percent-encode", text: "a", octets: "/w==" },
    { id: {}, command: "describe" },
    { id: 1, command: "signature", baseString: "" },
    { id: 1, command: "diagnose", method: "GET", url: "http://a/", headers: [], body: null },
    { id: 1, valid: false, causes: [{ mistakes: [], section: "§3.6", baseString: "" }] },
    { id: 1, valid: true, causes: [] },
    { id: 1, result: 5 },
    { id: 1, result: "a", error: "b" },
    { id: 1 },
    [],
  ])("rejects the message %j", (message) => {
    expect(errors("protocol", message)).not.toEqual([]);
  });
});

describe("report.schema.json", () => {
  const broken: Implementation = {
    ...oauth1Implementation(),
    name: "broken",
    percentEncode: (input) => String(input).toUpperCase(),
  };

  const expectations: Expectations = {
    version: "1",
    deviations: [
      {
        name: "UpperCase",
        section: "§3.6",
        fault: "library",
        cause: "It shouts.",
        vectors: ["percent-encoding/space"],
      },
    ],
  };

  it("matches the report of a run, failures included", async () => {
    const { sign: _, ...rest } = broken;
    const missing: Candidate = {
      name: "missing",
      cases: 5,
      open() {
        throw new ProtocolError("ERR_NOT_STARTED", "no such program");
      },
    };
    const candidates = [oauth1Implementation(), rest].map((implementation) => ({
      ...missing,
      open: () => implementation,
      expectations,
    }));
    const report = await runCandidates([...candidates, missing], { seed: 7, cases: 5 });
    const plain = JSON.parse(JSON.stringify(report));
    expect(errors("report", plain)).toEqual([]);
    const verdicts = report.implementations.flatMap(({ results }) => results.map((r) => r.verdict));
    expect(new Set(verdicts)).toEqual(
      new Set(["passed", "failed", "expected-failure", "unexpected-pass", "unsupported"]),
    );
    expect(report.implementations.map(({ status }) => status)).toEqual(["ran", "ran", "missing"]);
    expect(errors("report", { ...plain, seed: "7" })).not.toEqual([]);
    expect(errors("report", { ...plain, implementations: [{ name: "a" }] })).not.toEqual([]);
  });
});
