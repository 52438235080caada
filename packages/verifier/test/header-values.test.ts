import fc from "fast-check";
import { expect, it } from "vitest";
import { headerValues } from "../src/messages/header-values.js";

it("headerValues() returns the values of each name in any case, like Headers, in their order", () => {
  const name = fc.constantFrom("host", "Host", "HOST", "hosts", "authorization", "Authorization");
  const pairs = fc.array(fc.tuple(name, fc.stringMatching(/^[a-z0-9]{1,5}$/)));
  fc.assert(
    fc.property(pairs, (pairs) => {
      const headers = new Headers(pairs);
      for (const asked of ["host", "authorization", "content-type"]) {
        expect(headerValues(pairs.flat(), asked).join(", ")).toBe(headers.get(asked) ?? "");
      }
    }),
    { numRuns: 10_000 },
  );
});

it("headerValues() does not confuse names whose lower case has another length", () => {
  // In lower case the Kelvin sign is k, and the dotted capital I has two code units.
  expect(headerValues(["\u0130", "a", "hos\u212a", "b"], "host")).toEqual([]);
  expect(headerValues(["\u0130f", "a"], "if")).toEqual([]);
});
