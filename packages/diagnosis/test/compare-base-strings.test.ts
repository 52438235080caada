import { compareBaseStrings } from "@oauth1/diagnosis";
import { describe, expect, it } from "vitest";

const right = "GET&http%3A%2F%2Fexample.com%2F&a%3D1%26b%3Dx%2520y%26b%3Dz%26c%3D";

function texts(received: string): string[] {
  return compareBaseStrings(right, received).differences.map(({ text }) => text);
}

describe("compareBaseStrings", () => {
  it("finds no difference between equal base strings", () => {
    expect(compareBaseStrings(right, right)).toMatchObject({ index: undefined, differences: [] });
  });

  it("aligns both base strings at the first difference", () => {
    const received = right.replace("x%2520y", "x%2By");
    const { index = 0, indexInPart, ...parts } = compareBaseStrings(right, received);
    expect(right.slice(index)).toMatch(/^520y/);
    expect(parts.expected[indexInPart]).toBe("5");
    expect(parts.received[indexInPart]).toBe("B");
    expect(parts.expected.slice(0, indexInPart)).toBe(parts.received.slice(0, indexInPart));
  });

  it.each([
    ["a method", right.replace("GET", "get"), ['The method is "get", and must be "GET".']],
    [
      "a base string URI",
      right.replace("example.com", "example.com%3A80"),
      ['The base string URI is "http://example.com:80/", and must be "http://example.com/".'],
    ],
    [
      "an encoded base string URI",
      right.replace("http%3A%2F%2F", "http%3a%2f%2f"),
      [
        'The encoded base string URI is "http%3a%2f%2fexample.com%2F", and must be "http%3A%2F%2Fexample.com%2F".',
      ],
    ],
    [
      "the encoding of a value",
      right.replace("x%2520y", "x%2By"),
      ['The parameter "b" is encoded as "x+y", and must be encoded as "x%20y".'],
    ],
    ["a missing parameter", right.replace("%26c%3D", ""), ['The parameter "c" is missing.']],
    ["an added parameter", `${right}%26d%3D`, ['The parameter "d" must not be there.']],
    ["one value of two", right.replace("%26b%3Dz", ""), ['The parameter "b" is missing.']],
    [
      "a value",
      right.replace("a%3D1", "a%3D2"),
      ['The parameter "a" has the value "2", and must have "1".'],
    ],
    [
      "an order",
      right.replace("b%3Dx%2520y%26b%3Dz", "b%3Dz%26b%3Dx%2520y"),
      ['The parameters are in another order, beginning where "b=x%20y" must be.'],
    ],
    [
      "several elements",
      right.replace("GET", "PUT").replace("a%3D1", "a%3D2"),
      [
        'The method is "PUT", and must be "GET".',
        'The parameter "a" has the value "2", and must have "1".',
      ],
    ],
  ])("reports %s that differs", (_, received, expected) => {
    expect(texts(received)).toEqual(expected);
  });

  it("reports normalized parameters that are not encoded", () => {
    const received = right.replace(/[^&]*$/, (encoded) => decodeURIComponent(encoded));
    expect(texts(received)).toEqual(["The normalized parameters are not encoded as they must be."]);
  });

  it("accepts any text as a base string", () => {
    expect(texts("")).not.toEqual([]);
    expect(texts("GET")).not.toEqual([]);
    expect(texts("GET&%zz&%")).not.toEqual([]);
  });
});
