import { parseToVerify } from "@oauth1/auth-header/to-verify";
import { describe, expect, it } from "vitest";

// RFC 5849 §3.4.1.1.
const RFC = `OAuth realm="Example",
   oauth_consumer_key="9djdj82h48djs9d2",
   oauth_token="kkk9d7dh3k39sjv7",
   oauth_signature_method="HMAC-SHA1",
   oauth_timestamp="137131201",
   oauth_nonce="7d8f3e4a",
   oauth_signature="djosJKDKJSD8743243%2Fjdk33klY%3D"`;

describe("parseToVerify", () => {
  it.each([
    ["folded", RFC],
    ["on one line", RFC.replaceAll(/\s+/g, " ")],
  ])("returns the signed parameters of RFC 5849 §3.4.1.3.1: %s", (_, header) => {
    const signed = [
      ["oauth_consumer_key", "9djdj82h48djs9d2"],
      ["oauth_token", "kkk9d7dh3k39sjv7"],
      ["oauth_signature_method", "HMAC-SHA1"],
      ["oauth_timestamp", "137131201"],
      ["oauth_nonce", "7d8f3e4a"],
    ];
    expect(parseToVerify(header)).toEqual({
      realm: "Example",
      parameters: [...signed, ["oauth_signature", "djosJKDKJSD8743243/jdk33klY="]],
      signed: signed.map(([encodedName, encodedValue]) => ({ encodedName, encodedValue })),
    });
  });

  // RFC 5849 §3.6: upper-case escapes, and none for an unreserved character.
  it.each([
    ["with a space after the comma", 'OAuth a="%7eb%2f", c.d="%20"'],
    ["without one", 'OAuth a="%7eb%2f",c.d="%20"'],
    ["with octets that are not encoded", 'OAuth a="~b/", c.d=" "'],
  ])("spells the signed parameters as §3.6: %s", (_, header) => {
    expect(parseToVerify(header)).toEqual({
      realm: undefined,
      parameters: [
        ["a", "~b/"],
        ["c.d", " "],
      ],
      signed: [
        { encodedName: "a", encodedValue: "~b%2F" },
        { encodedName: "c.d", encodedValue: "%20" },
      ],
    });
  });

  it("encodes the name of a signed parameter", () => {
    expect(parseToVerify('OAuth a%2fb="1"').signed).toEqual([
      { encodedName: "a%2Fb", encodedValue: "1" },
    ]);
  });
});
