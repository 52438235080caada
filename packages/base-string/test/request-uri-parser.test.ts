import type { ParsedRequestUri } from "@oauth1/base-string";
import { parseRequestUri, prepareRequestUriParser } from "@oauth1/base-string/steps";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const origin = fc
  .tuple(
    fc.constantFrom("http", "https", "HTTPS", "ftp", ""),
    fc.constantFrom("://", "://", "://", "://", ":/", ""),
    fc.constantFrom(
      ...["example.com", "EXAMPLE.com:80", "example.com:0443", "[::1]:8080", "jane@example.com"],
      ...["a:", "a:65536", "a b", "", "é", "a/b", "a?b", "a#b"],
    ),
  )
  .map((pieces) => pieces.join(""));
const target = fc
  .array(fc.constantFrom(..."/?&=#@:. é\n".split(""), "a", "b=1", "%2F", "%zz", ".."), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(""));
const anyTarget = fc.oneof({ weight: 4, arbitrary: target.map((rest) => `/${rest}`) }, target);

function outcome(parse: () => ParsedRequestUri): unknown {
  try {
    return parse();
  } catch (error) {
    const { name, code, index } = error as Error & { code: string; index: number };
    return { name, code, index };
  }
}

describe("prepareRequestUriParser", () => {
  it("agrees with parseRequestUri, whatever it parsed before", () => {
    const parse = prepareRequestUriParser();
    let tried = 0;
    let parsed = 0;
    fc.assert(
      fc.property(origin, fc.tuple(anyTarget, anyTarget), (origin, targets) => {
        // The second time, the origin is the remembered one.
        for (const target of targets) {
          tried++;
          const expected = outcome(() => parseRequestUri(origin + target));
          expect(outcome(() => parse(origin, target))).toEqual(expected);
          if ("baseStringUri" in (expected as object)) parsed++;
        }
      }),
      { numRuns: 10_000 },
    );
    expect(parsed).toBeGreaterThan(tried / 10);
  });

  it("rejects an empty origin before it has parsed another one", () => {
    expect(() => prepareRequestUriParser()("", "/")).toThrow(
      expect.objectContaining({ code: "ERR_URL_SCHEME", index: 0 }),
    );
  });

  it("does not share the origin between two parsers", () => {
    const [first, second] = [prepareRequestUriParser(), prepareRequestUriParser()];
    first("http://a.example", "/");
    second("http://b.example", "/");
    expect(first("http://a.example", "/1").baseStringUri).toBe("http://a.example/1");
    expect(second("http://b.example", "/2").baseStringUri).toBe("http://b.example/2");
  });
});
