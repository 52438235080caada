// The inspector's explanations, without a browser. The expected signatures are those of the RFC
// or its errata, or made by node:crypto.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignLines, baseStringLines, withSeparator } from "../web/src/inspector/align-lines.js";
import { EXAMPLE } from "../web/src/inspector/example.js";
import { excerpt } from "../web/src/inspector/excerpt.js";
import { explainRequest } from "../web/src/inspector/explain-request.js";
import { type InspectorInput, NO_INPUT } from "../web/src/inspector/inspector-input.js";
import { authorization, signature } from "./hand-signed.js";

const secrets = { clientSharedSecret: "kd94hf93k423kf44", tokenSharedSecret: "pfkkdhi9sl3r4s00" };
const KEY = "kd94hf93k423kf44&pfkkdhi9sl3r4s00";

const explain = (input: Partial<InspectorInput>) =>
  explainRequest({ ...NO_INPUT, ...secrets, ...input });

/** A form post that is signed for a scheme, as a raw message without a scheme. */
function rawForm(scheme: string, timestamp = Math.floor(Date.now() / 1000)): string {
  const protocol = { oauth_timestamp: String(timestamp) };
  const signed = signature({
    method: "POST",
    uri: `${scheme}://photos.example.net/photos`,
    parameters: [["title", "a b"]],
    protocol,
    key: KEY,
  });
  return [
    "POST /photos HTTP/1.1",
    "Host: photos.example.net",
    "Content-Type: application/x-www-form-urlencoded",
    `Authorization: ${authorization(signed, protocol)}`,
    "",
    "title=a+b",
  ].join("\n");
}

describe("explainRequest", () => {
  it("names the mistake in the RFC's example, which only erratum 2550 corrects", () => {
    const { diagnosis, isSignatureRight, scheme } = explain(EXAMPLE);
    expect(isSignatureRight).toBe(false);
    expect(diagnosis.causes.map(({ mistakes }) => mistakes)).toEqual([["MethodOverridden"]]);
    expect(scheme).toEqual({ name: "http", by: "assumption" });
  });

  it("reports that only the clock makes an old request invalid", () => {
    const corrected = EXAMPLE.text.replace(/bYT5[^"]*/, "r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D");
    const { isSignatureRight, broken, late } = explain({ ...EXAMPLE, text: corrected });
    expect(isSignatureRight).toBe(true);
    expect(broken.map(({ rule }) => rule)).toEqual(["timestamp"]);
    expect(late).toBe(broken[0]);
    expect(late?.text).toMatch(/^oauth_timestamp is \d\d years before the clock/);
  });

  it("does not report a timestamp in milliseconds as old", () => {
    const { isSignatureRight, broken, late } = explain({
      text: rawForm("https", Date.now()),
    });
    expect(isSignatureRight).toBe(true);
    expect(broken[0]?.text).toContain("in milliseconds");
    expect(late).toBeUndefined();
  });

  it.each(["http", "https"])("detects that a request without a scheme is signed for %s", (name) => {
    const { diagnosis, scheme } = explain({ text: rawForm(name) });
    expect(diagnosis.valid).toBe(true);
    expect(scheme).toEqual({ name, by: "signature" });
  });

  it("checks a request with the scheme that the user chooses", () => {
    const { diagnosis, scheme } = explain({ text: rawForm("http"), scheme: "https" });
    expect(diagnosis.causes[0]?.mistakes).toEqual(["SchemeSwapped"]);
    expect(scheme).toEqual({ name: "https", by: "person" });
  });

  it("keeps the scheme that the text contains", () => {
    const text = rawForm("http").replace("/photos HTTP", "http://photos.example.net/photos HTTP");
    const { diagnosis, scheme } = explain({ text, scheme: "https" });
    expect(diagnosis.valid).toBe(true);
    expect(scheme).toBeUndefined();
  });

  it.each(["\n", "\r\n", "\n\n", "\n  \n"])(
    "does not sign the line break %j after a form",
    (end) => {
      for (const header of ["", "Content-Length: 9\n", "Transfer-Encoding: chunked\n"]) {
        const text = rawForm("https").replace("Authorization", `${header}Authorization`);
        expect(explain({ text: text + end }).diagnosis.valid, header).toBe(true);
      }
    },
  );

  it.each([
    [
      ["clientSharedSecret", "tokenSharedSecret"],
      { clientSharedSecret: "", tokenSharedSecret: "" },
    ],
    [["clientSharedSecret"], { clientSharedSecret: "" }],
    [["tokenSharedSecret"], { tokenSharedSecret: "" }],
  ] as const)("asks for empty secrets: %j", (names, empty) => {
    const { missingSecrets, diagnosis } = explain({ text: rawForm("https"), ...empty });
    expect(missingSecrets).toEqual(names);
    expect(diagnosis.causes).toEqual([]);
  });

  it("accepts an empty secret that was issued empty", () => {
    const uri = "https://photos.example.net/photos";
    const signed = signature({ method: "GET", uri, parameters: [], key: "kd94hf93k423kf44&" });
    const { diagnosis, missingSecrets } = explain({
      text: `curl ${uri} -H 'Authorization: ${authorization(signed)}'`,
      tokenSharedSecret: "",
      hasEmptySecret: true,
    });
    expect(missingSecrets).toEqual([]);
    expect(diagnosis.valid).toBe(true);
  });

  it("passes on hosts, path prefixes and the client's base string", () => {
    const uri = "https://internal:8080/api/photos";
    const signed = signature({ method: "GET", uri, parameters: [], key: KEY });
    const { diagnosis } = explain({
      text: `curl https://photos.example.net/photos -H 'Authorization: ${authorization(signed)}'`,
      hosts: "other, internal:8080",
      pathPrefixes: "/api /v1",
      baseString: "GET&a&b",
    });
    expect(diagnosis.causes[0]?.mistakes).toEqual(["HostReplaced", "BasePathDropped"]);
    expect(diagnosis.claim?.isSigned).toBe(false);
  });
});

describe("alignLines", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

  it("contains each line of both texts, in its order", () => {
    fc.assert(
      fc.property(lines, lines, (received, expected) => {
        const aligned = alignLines(received, expected);
        const of = (name: string) =>
          aligned.filter((line) => line.in === name || line.in === "both").map(({ text }) => text);
        expect(of("received")).toEqual(received);
        expect(of("expected")).toEqual(expected);
      }),
    );
  });

  it("marks the changed part of a line", () => {
    expect(alignLines(["GET", "abc-1-xyz", "c"], ["POST", "abc-22-xyz", "c"])).toEqual([
      { in: "received", text: "GET", changed: [0, 3] },
      { in: "expected", text: "POST", changed: [0, 4] },
      { in: "received", text: "abc-1-xyz", changed: [4, 5] },
      { in: "expected", text: "abc-22-xyz", changed: [4, 6] },
      { in: "both", text: "c" },
    ]);
  });

  it("splits a base string into its elements and parameters without losing a character", () => {
    const text = "GET&http%3A%2F%2Fexample.com%2F&a%3D1%26b%3Dx%2526y";
    expect(baseStringLines(text)).toEqual([
      "GET&",
      "http%3A%2F%2Fexample.com%2F&",
      "a%3D1%26",
      "b%3Dx%2526y",
    ]);
  });

  it("shows the last parameter of a base string as unchanged if only another follows it", () => {
    const [shorter, longer] = ["GET&a&x%3D1", "GET&a&x%3D1%26y%3D2"].map(baseStringLines);
    expect(alignLines(shorter ?? [], longer ?? [], withSeparator)).toEqual([
      { in: "both", text: "GET&" },
      { in: "both", text: "a&" },
      { in: "both", text: "x%3D1%26" },
      { in: "expected", text: "y%3D2" },
    ]);
  });
});

describe("excerpt", () => {
  const both = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ in: "both", text: String(index) }) as const);

  it("omits the middle of a long run of equal lines", () => {
    const changed = { in: "expected", text: "new" } as const;
    const texts = excerpt([...both(30), changed]).map(({ text }) => text);
    expect(texts).toEqual([
      ..."01234",
      "… 20 more lines …",
      ...["25", "26", "27", "28", "29"],
      "new",
    ]);
  });

  it("has a bounded number of lines, and of characters in a line", () => {
    const many = Array.from({ length: 5000 }, () => ({ in: "received", text: "a" }) as const);
    expect(excerpt(many).at(-1)?.text).toBe("… 4800 more lines …");
    const text = `${"a".repeat(9000)}b${"a".repeat(9000)}`;
    const [line] = excerpt([{ in: "received", text, changed: [9000, 9001] }]);
    expect(line?.text.length).toBe(2002);
    expect(line?.text.slice(...(line.changed ?? []))).toBe("b");
  });
});
