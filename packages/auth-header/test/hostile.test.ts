import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  AuthorizationHeaderError,
  parseAuthorizationHeader,
  parseChallenge,
} from "@oauth1/auth-header";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Pieces of headers, so that many random combinations are nearly well-formed. */
const pieces = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.constantFrom("\ud800", "\udc00", "\0", "\r\n", "\n ", "\u2028", "é") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...["OAuth", "Basic", " ", "\t", ",", ", ", "=", '"', "\\", '\\"', "a", "b", "realm", "%"],
      ...["%4", "%41", "%ff", "%e2%98%83", 'a="x"', 'oauth_nonce="1"', 'realm="a"', "+", "/", ";"],
    ),
  },
);
const header = fc
  .tuple(fc.constantFrom("", "OAuth ", "oauth\t", 'Basic realm="a", OAuth '), fc.array(pieces))
  .map(([scheme, rest]) => scheme + rest.join(""));

describe("any text", () => {
  it("is parsed or rejected with an index into it", () => {
    let read = 0;
    fc.assert(
      fc.property(header, fc.boolean(), (header, unquoted) => {
        for (const parse of [
          () => parseAuthorizationHeader(header, { unquoted }),
          () => parseChallenge(header),
        ]) {
          try {
            const { parameters } = parse();
            const names = parameters.map(([name]) => name);
            expect(new Set(names).size).toBe(names.length);
            read++;
          } catch (error) {
            if (!(error instanceof AuthorizationHeaderError)) throw error;
            expect(error.index).toBeGreaterThanOrEqual(0);
            expect(error.index).toBeLessThanOrEqual(header.length);
          }
        }
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

// Each runs in its own process, because a regular expression that never ends cannot be stopped from
// within. A linear parser needs far less than a second.
describe("a header of 1,000,000 characters", () => {
  const times = 500_000;
  it.each([
    ["commas", `"OAuth " + ",".repeat(${2 * times})`],
    ["white space", `"OAuth " + " ".repeat(${2 * times}) + "="`],
    ["folded lines", `"OAuth " + "\\n ".repeat(${times}) + "="`],
    ["a long name", `"OAuth " + "a".repeat(${2 * times})`],
    ["white space after a name", `"OAuth a" + " ".repeat(${2 * times}) + "b"`],
    ["white space after a value", `'OAuth a="x"' + " ".repeat(${2 * times}) + "b"`],
    [
      "many parameters",
      `"OAuth " + Array.from({ length: 90000 }, (_, n) => 'a' + n + '="x"').join()`,
    ],
    ["many names without values", `"OAuth " + "a,".repeat(${times})`],
    ["a long value", `'OAuth a="' + "x".repeat(${2 * times})`],
    ["escapes that are not UTF-8", `'OAuth a="' + "%41".repeat(${times}) + '%ff"'`],
    ["a long realm", `'OAuth realm="' + "x".repeat(${2 * times})`],
    ["quoted-pairs in the realm", `'OAuth realm="' + '\\\\"'.repeat(${times})`],
    ["schemes", `"Basic a, ".repeat(${times / 4})`],
    ["schemes with the same beginning", `"OAuth2, ".repeat(${times / 4})`],
    ["commas and white space before a scheme", `(", " + " ".repeat(999)).repeat(1000)`],
    ["quotes", `'"'.repeat(${2 * times + 1})`],
    ["a quoted-string that never ends", `'Basic a="' + '\\\\"'.repeat(${times})`],
    ["backslashes", `'Basic a="' + "\\\\".repeat(${2 * times})`],
  ])("is parsed or rejected quickly: %s", (_, expression) => {
    const { status, signal, stderr } = spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `import { AuthorizationHeaderError, parseAuthorizationHeader, parseChallenge } from "@oauth1/auth-header";
         const header = ${expression};
         for (const parse of [parseAuthorizationHeader, parseChallenge]) {
           try { parse(header); } catch (error) {
             if (!(error instanceof AuthorizationHeaderError)) throw error;
           }
         }`,
      ],
      { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8", timeout: 120_000 },
    );
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: "" });
  });
});
