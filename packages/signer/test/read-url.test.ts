import { parseRequestUri } from "@oauth1/base-string/steps";
import fc from "fast-check";
import { expect, it } from "vitest";
import { prepareUrlReader } from "../src/read-url.js";

it("parses each URL like parseRequestUri, whatever it parsed before", () => {
  const read = prepareUrlReader();
  const url = fc
    .tuple(
      fc.constantFrom("http://", "https://", "HTTP://", "//", "http:/", "ftp://", ""),
      fc.constantFrom(
        "example.com",
        "Example.com:80",
        "example.com:443",
        "u:p@example.com",
        "",
        "é",
      ),
      fc.array(fc.constantFrom("/", "//", "a", "%7e", "?", "&", "=", "#", "@", ":", " ", "é"), {
        maxLength: 6,
      }),
    )
    .map(([scheme, authority, rest]) => scheme + authority + rest.join(""));
  let tried = 0;
  let parsed = 0;
  fc.assert(
    fc.property(url, (url) => {
      tried++;
      const expected = outcome(() => parseRequestUri(url));
      expect(outcome(() => read(url).uri)).toEqual(expected);
      if ("baseStringUri" in (expected as object)) parsed++;
    }),
    { numRuns: 10_000 },
  );
  expect(parsed).toBeGreaterThan(tried / 10);
});

/** Returns the result, or the code and index of the error. */
function outcome(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    const { code, index } = error as { code: string; index: number };
    return { code, index };
  }
}
