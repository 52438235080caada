import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  aBoolean,
  aFunction,
  aNonEmptyString,
  anObject,
  aString,
  hasFunction,
  integerFrom,
  isObject,
  listOf,
  oneOf,
  openRecord,
  optional,
  type Rule,
  type Rules,
  record,
  requireOptions,
  requireValue,
} from "../src/options.js";

class Wrong extends Error {}
const failure = (name: string, problem: string) => new Wrong(`${name} ${problem}`);
const check = (options: unknown, rules: Rules) => () => requireOptions(options, rules, failure);

const rules: Rules = {
  port: optional(integerFrom(0, 65_535)),
  name: aString,
  limits: optional(record({ body: optional(integerFrom(1)) })),
  addresses: optional(listOf(aNonEmptyString)),
  token: optional(openRecord("token credentials", { identifier: aString })),
};

describe("requireOptions", () => {
  it.each([
    [{ name: "" }],
    [{ name: "a", port: undefined, limits: undefined }],
    [{ name: "a", port: 65_535, limits: { body: 1 }, addresses: ["::1"] }],
    [{ name: "a", token: { identifier: "b", more: 1 } }],
  ])("accepts %j", (options) => {
    expect(check(options, rules)).not.toThrow();
  });

  it.each<[options: unknown, message: string]>([
    [undefined, "options must be an object"],
    [null, "options must be an object"],
    ["a", "options must be an object"],
    [[], "options must be an object"],
    [() => {}, "options must be an object"],
    [Promise.resolve({ name: "a" }), "options must not be a Promise: await it"],
    [{}, "name must be a string"],
    [{ name: 1 }, "name must be a string"],
    [{ nmae: "a" }, "nmae is not an option: use one of port, name, limits, addresses, token"],
    [
      { name: "a", ["__proto__x"]: 1 },
      "__proto__x is not an option: use one of port, name, limits, addresses, token",
    ],
    [{ name: "a", port: 65_536 }, "port must be a whole number from 0 to 65535"],
    [{ name: "a", port: 0.5 }, "port must be a whole number from 0 to 65535"],
    [{ name: "a", port: null }, "port must be a whole number from 0 to 65535"],
    [{ name: "a", limits: Promise.resolve({}) }, "limits must not be a Promise: await it"],
    [{ name: "a", limits: { body: 0 } }, "limits.body must be a whole number of at least 1"],
    [{ name: "a", limits: { bdoy: 1 } }, "limits.bdoy is not an option: use one of body"],
    [{ name: "a", addresses: "::1" }, "addresses must be a list"],
    [{ name: "a", addresses: ["::1", ""] }, "addresses[1] must be a non-empty string"],
    [{ name: "a", token: 1 }, "token must be token credentials"],
    [{ name: "a", token: { more: 1 } }, "token.identifier must be a string"],
  ])("rejects %j: %s", (options, message) => {
    expect(check(options, rules)).toThrow(new Wrong(message));
  });

  it("does not treat the names of Object.prototype as options", () => {
    const options = { name: "a", constructor: 1 };
    expect(check(options, rules)).toThrow(/^constructor is not an option/);
    expect(check(JSON.parse('{"name":"a","__proto__":1}'), rules)).toThrow(/^__proto__ is not/);
  });

  it("checks options that an object inherits", () => {
    expect(check(Object.create({ name: 1 }), rules)).toThrow("name must be a string");
  });

  it("never exposes a value", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...Object.keys(rules)), (secret, name) => {
        for (const value of [secret, [secret], { identifier: [secret] }, [[secret]]]) {
          try {
            requireOptions({ name: "a", [name]: value }, rules, failure);
          } catch (error) {
            expect(String(error)).not.toContain(secret);
          }
        }
      }),
    );
  });
});

describe("rules", () => {
  it.each<[Rule, right: unknown[], wrong: unknown[], mustBe: string]>([
    [aString, ["", "a"], [undefined, null, 1, new String("a")], "a string"],
    [aNonEmptyString, ["a"], ["", undefined, 1], "a non-empty string"],
    [aBoolean, [true, false], [0, "true", null], "true or false"],
    [aFunction, [() => {}, class {}], [{}, null], "a function"],
    [anObject, [{}, []], [null, "", () => {}], "an object"],
    [
      integerFrom(1),
      [1, 2 ** 53 - 1],
      [0, 2 ** 53, 1.5, "1", Number.NaN],
      "a whole number of at least 1",
    ],
    [integerFrom(-1, 1), [-1, 1], [-2, 2], "a whole number from -1 to 1"],
    [oneOf("a"), ["a"], ["b", undefined], '"a"'],
    [oneOf("a", "b", "c"), ["a", "c"], ["d", 1], '"a", "b" or "c"'],
  ])("describe themselves and check a value: %o", (rule, right, wrong, mustBe) => {
    expect(rule.mustBe).toBe(mustBe);
    expect(right.filter(rule.isValid)).toEqual(right);
    expect(wrong.filter(rule.isValid)).toEqual([]);
  });

  it("accept undefined in addition if they are optional", () => {
    const at = (value: unknown) => () => requireValue("a", value, optional(aString), failure);
    expect(at(undefined)).not.toThrow();
    expect(at(null)).toThrow("a must be a string");
  });

  it("can be checked with isObject and hasFunction for values of any type", () => {
    expect([null, undefined, "a", {}, []].map(isObject)).toEqual([false, false, false, true, true]);
    expect(hasFunction({ find() {} }, "find")).toBe(true);
    expect([null, "a", { find: 1 }].map((value) => hasFunction(value, "find"))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
