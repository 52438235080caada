import { describe, expect, it } from "vitest";
import { alignBaseStrings } from "../web/src/inspector/align-base-strings.js";
import { inspectRequest } from "../web/src/inspector/inspect-request.js";
import { readRequest } from "../web/src/request/read-request.js";

/** RFC 5849 §3.1 with the signature of erratum 2550 and the secrets of the example of §3.4.2. */
const signed = [
  "POST http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b HTTP/1.1",
  "Content-Type: application/x-www-form-urlencoded",
  'Authorization: OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"',
  "",
  "c2&a3=2+q",
].join("\n");
const secrets = {
  clientSharedSecret: "j49sk3j29djd",
  tokenSharedSecret: "dh893hdasih9",
  publicKey: "",
};
const now = 137131201;

const inspect = (text: string) => inspectRequest(readRequest(text), secrets, now);

describe("inspectRequest", () => {
  it("reports that the RFC's request is valid", async () => {
    expect(await inspect(signed)).toMatchObject({ isValid: true, findings: [] });
  });

  const broken: [change: string, text: string, section: string][] = [
    ["a wrong method", signed.replace("POST", "PUT"), ""],
    ["a missing nonce", signed.replace(/oauth_nonce="7d8f3e4a", /, ""), "§3.1"],
    ["a wrong version", signed.replace("oauth_nonce", 'oauth_version="2.0", oauth_nonce'), "§3.1"],
    ["an old timestamp", signed.replace("137131201", "137130001"), "§3.3"],
    ["a timestamp in milliseconds", signed.replace("137131201", "137131201000"), "§3.3"],
    ["a timestamp that is not a number", signed.replace("137131201", "1.5"), "§3.3"],
    ["a signature method in lower case", signed.replace("HMAC-SHA1", "hmac-sha1"), "§3.4"],
    ["a signature encoded twice", signed.replaceAll("%2F", "%252F"), "§3.5.1"],
    ["a raw plus in the query", queryOf("a+b/c="), "§3.6"],
    ["protocol parameters in two places", `${signed}&oauth_nonce=7d8f3e4a`, "§3.5"],
    ["a parameter that occurs twice", `${signed}&oauth_nonce=7d8f3e4a`, "§3.2"],
    [
      "a form body with another Content-Type",
      `${signed.replace("application/x-www-form-urlencoded", "text/plain")}&oauth_signature=x`,
      "§3.5.2",
    ],
  ];
  for (const [change, text, section] of broken) {
    it(`reports ${change}`, async () => {
      const { isValid, findings } = await inspect(text);
      expect(isValid).toBe(false);
      if (section === "") expect(findings).toEqual([]);
      else expect(findings.map((finding) => finding.section)).toContain(section);
    });
  }
});

function queryOf(signature: string): string {
  const parameters = `oauth_consumer_key=a&oauth_nonce=b&oauth_timestamp=${now}&oauth_signature_method=HMAC-SHA1`;
  return `GET http://example.com/?${parameters}&oauth_signature=${signature} HTTP/1.1`;
}

describe("alignBaseStrings", () => {
  const right = "GET&http%3A%2F%2Fexample.com%2F&a%3D1%26b%2540%3Dx%2520y";
  const cases: [other: string, index: number | undefined, place: string | undefined][] = [
    [right, undefined, undefined],
    [right.replace("GET", "get"), 0, "the method"],
    [right.replace("com%2F&", "com&"), 28, "the base string URI"],
    [right.replace("a%3D1", "a%3D2"), 36, "the parameter a"],
    [right.replace("x%2520y", "x%252By"), 54, "the parameter b@"],
    [right.slice(0, -1), right.length - 1, "the parameter b@"],
  ];
  for (const [other, index, place] of cases) {
    it(`finds the first difference in ${other}: ${place}`, () => {
      expect(alignBaseStrings(right, other)).toEqual({ index, place });
    });
  }
});
