import { createHmac } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  commandCandidate,
  formatReport,
  type Implementation,
  loadVectors,
  type Report,
  reportWriters,
  runCandidates,
  runConformance,
} from "@oauth1/conformance";
import { encode } from "@oauth1/properties/references";
import { beforeAll, describe, expect, it } from "vitest";

describe("the report on a signer in another language with two mistakes", () => {
  let report: Report;
  beforeAll(async () => {
    const child = fileURLToPath(new URL("children/two-mistakes.py", import.meta.url));
    const candidate = commandCandidate("two mistakes", "python3", [child]);
    report = await runCandidates([candidate], { seed: 1, cases: 50 });
  });

  it("begins with both, those of signed requests first, each with its number", () => {
    const lines = formatReport(report).split("\n");
    const first = lines.indexOf("Your mistakes");
    const found = lines.slice(first + 1, lines.indexOf("", first));
    expect(found[0]).toMatch(
      /^ +\d\d {2}RealmLost +The Authorization header lacks realm\. \(RFC 5849 §3\.5\.1\)$/,
    );
    expect(found[1]).toMatch(/^ +\d {2}SpaceAsPlus +Your signer encodes a space as "\+": /);
    const open = lines.indexOf("What the RFC leaves open, or to extensions and callers");
    expect(open).toBeGreaterThan(first);
    expect(lines.slice(open).join("\n")).toContain("  NonUtf8Lost  ");
  });

  it("shows the ids and one example of each, with the difference only", () => {
    const text = formatReport(report);
    const [, realm = ""] =
      /failures: The Authorization header lacks realm \(RealmLost.*\n([\s\S]*?)\n\n/.exec(text) ??
      [];
    expect(realm).toMatch(/^ {2}sign\/[\s\S]*\n {2}for example sign\//);
    expect(realm).toContain('expected  {"carried":{"realm":');
    expect(realm).toContain('received  {"carried":{"realm":null}}');
    const [, plus = ""] =
      /failures: Your signer encodes a space[\s\S]*?\n([\s\S]*?)\n\n/.exec(text) ?? [];
    expect(plus).toContain("where they begin to differ:");
    expect(plus.split("\n").every((line) => line.length < 220)).toBe(true);
  });

  it("names what was not asked in one line", () => {
    const text = formatReport(report);
    expect(text).toMatch(/^not asked: percent-decoding, .*request-verification$/m);
    expect(text).not.toMatch(/^percent-decoding/m);
  });

  it("shows what was expected if the program does not answer", () => {
    const [, silent = ""] =
      /failure: Your program does not answer \(ERR_CRASHED\)\.\n([\s\S]*?)\n\n/.exec(
        formatReport(report),
      ) ?? [];
    expect(silent).toMatch(
      /expected {2}"Ladies%20%2B%20Gentlemen"\n {2}received {2}ERR_CRASHED: .*a crash/,
    );
  });

  it("sends no text that a strict JSON parser rejects", () => {
    const crashed = report.implementations[0]?.results.filter(({ outcome }) => outcome === "error");
    expect(crashed?.map(({ id }) => id)).not.toContain("percent-encoding/lone-high-surrogate");
    const lone = report.implementations[0]?.results.filter(({ id }) => id.includes("surrogate"));
    expect(lone?.some(({ outcome }) => outcome === "unsupported")).toBe(true);
  });

  it("shows each failure whole with --verbose", () => {
    const failed = report.implementations[0]?.results.filter(({ outcome }) => outcome === "failed");
    const text = formatReport(report, { verbose: true });
    for (const { id } of failed ?? []) {
      expect(text).toContain(`failed ${id} two mistakes, `);
    }
  });

  it("has the mistakes with their failures in Markdown", () => {
    const markdown = reportWriters.get(".md")?.(report) ?? "";
    expect(markdown).toMatch(
      /^- `RealmLost` \(RFC 5849 §3\.5\.1, \d+ failures\): The Authorization header lacks realm\.\n {2}`sign\//m,
    );
    expect(markdown).toContain("- `SpaceAsPlus` (RFC 5849 §3.6, ");
  });
});

describe("two mistakes in one signature", () => {
  it("are both named, and counted for each", async () => {
    const wrong: Implementation = {
      name: "wrong",
      version: "1",
      language: "none",
      signatureMethods: ["HMAC-SHA1"],
      sign: ({ client, token }) => ({ signature: hmac(base(), client.sharedSecret, token) }),
    };
    const base = () => right.replace("POST", "post").replace("a%2520b", "a%2Bb");
    const right =
      "POST&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26" +
      "oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26x%3Da%2520b";
    const vector = {
      id: "sign/by-hand",
      level: "required",
      section: "§3.4",
      source: "",
      comment: "",
      flags: [],
      input: {
        method: "post",
        url: "http://example.com/?x=a%20b",
        form: null,
        body: null,
        client: { identifier: "ck", sharedSecret: "cs" },
        token: null,
        signatureMethod: "HMAC-SHA1",
        timestamp: "137131201",
        nonce: "n",
        version: null,
        realm: null,
        callback: null,
        verifier: null,
        transmission: "header",
      },
      result: "valid",
      expected: { baseString: right, signature: hmac(right, "cs", null) },
    } as const;
    const { runVectors } = await import("@oauth1/conformance");
    const [file] = loadVectors(["sign"]);
    const [result] = await runVectors(wrong, [{ ...file, vectors: [vector] } as never]);
    const names = result?.explanation?.causes.map((list) => list.map(({ mistake }) => mistake));
    expect(names?.[0]?.toSorted()).toEqual(["MethodCase", "SpaceAsPlus"]);
    const { implementations, ...rest } = await runConformance([], { seed: 1 });
    expect(implementations).toEqual([]);
    const text = formatReport({
      ...rest,
      implementations: [
        {
          name: "wrong",
          version: "1",
          language: "none",
          kinds: ["signer"],
          status: "ran",
          seconds: 0,
          cases: 0,
          results: result === undefined ? [] : [result],
        },
      ],
    });
    expect(text).toMatch(/^ {5}1 {2}SpaceAsPlus/m);
    expect(text).toMatch(/^ {5}1 {2}MethodCase/m);
  });
});

function hmac(text: string, clientSecret: string, token: { sharedSecret: string } | null): string {
  const key = `${encode(clientSecret)}&${encode(token?.sharedSecret ?? "")}`;
  return createHmac("sha1", key).update(text).digest("base64");
}
