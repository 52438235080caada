import { parseChallenge, serializeChallenge } from "@oauth1/auth-header";
import { describe, expect, it } from "vitest";

const photos = { realm: "Photos", parameters: [["oauth_problem", "nonce_used"]] };
const PHOTOS = 'OAuth realm="Photos", oauth_problem="nonce_used"';

// RFC 9110 §11.6.1: one header can contain challenges of several schemes.
describe("parseChallenge", () => {
  it.each([
    ["alone", PHOTOS],
    ["in another case", PHOTOS.replace("OAuth", "oauth")],
    ["after one with parameters", `Basic realm="a", ${PHOTOS}`],
    ["after one with a token68", `Negotiate YTpi==, ${PHOTOS}`],
    ["after one of only a scheme", `Negotiate, ${PHOTOS}`],
    ["after one that quotes an OAuth challenge", `Basic realm="x, OAuth realm=y", ${PHOTOS}`],
    ["after one with quoted-pairs", `Basic realm="\\", OAuth a=\\"b", ${PHOTOS}`],
    ["after one of a scheme with the same beginning", `OAuth2 realm="a", ${PHOTOS}`],
    ["before one with parameters", `${PHOTOS}, Basic realm="a", charset="UTF-8"`],
    ["before one with two spaces", `${PHOTOS}, Basic  realm="a"`],
    ["before one with a token68", `${PHOTOS}, Negotiate YTpi==`],
    ["before one of only a scheme", `${PHOTOS}, Negotiate`],
    ["before one of only a scheme and one more", `${PHOTOS},Negotiate,Basic realm="a"`],
    ["before another of its own", `${PHOTOS}, OAuth realm="Videos"`],
    ["with empty elements", `, ,${PHOTOS.replace(",", ", ,")},, Basic realm=a`],
    ["with white space around =", PHOTOS.replaceAll("=", "\t= ")],
  ])("parses an OAuth challenge %s", (_, header) => {
    expect(parseChallenge(header)).toEqual(photos);
  });

  it.each(["OAuth", "OAuth, Basic realm=a", 'Basic realm="a",OAuth', "OAuth , Negotiate"])(
    "parses a challenge without parameters: %j",
    (header) => {
      expect(parseChallenge(header)).toEqual({ realm: undefined, parameters: [] });
    },
  );

  it("parses lines that fetch joined", () => {
    const headers = new Headers([
      ["WWW-Authenticate", 'Basic realm="a"'],
      ["WWW-Authenticate", PHOTOS],
      ["WWW-Authenticate", "Negotiate"],
    ]);
    expect(parseChallenge(headers.get("WWW-Authenticate") ?? "")).toEqual(photos);
  });
});

describe("serializeChallenge", () => {
  // RFC 5849 §3.5.1.
  it("writes the challenge of the RFC", () => {
    expect(serializeChallenge({ realm: "http://server.example.com/" })).toBe(
      'OAuth realm="http://server.example.com/"',
    );
  });

  it("is parsed back to its contents", () => {
    const contents = { realm: 'a "b", Basic c', parameters: [["oauth_problem_advice", "é, \n"]] };
    const header = serializeChallenge({
      realm: contents.realm,
      parameters: [["oauth_problem_advice", "é, \n"]],
    });
    expect(parseChallenge(header)).toEqual(contents);
  });
});
