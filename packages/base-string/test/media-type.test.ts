import { parseMediaType } from "@oauth1/base-string/entity-body";
import { describe, expect, it } from "vitest";

/** RFC 9110 §5.6.2. */
const TOKEN = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const characters = Array.from({ length: 0x180 }, (_, unit) => String.fromCharCode(unit));

/** The essence and the parameters, as plain values. */
function parsed(contentType: string) {
  const mediaType = parseMediaType(contentType);
  return mediaType && [mediaType.essence, Object.fromEntries(mediaType.parameters)];
}

describe("a media type", () => {
  // RFC 9110 §8.3.1.
  it.each([
    "text/html;charset=utf-8",
    'Text/HTML;Charset="utf-8"',
    'text/html; charset="utf-8"',
    "text/html ;charset=utf-8",
    " \ttext/html \t; \tcharset=utf-8\t ",
  ])("has a type and parameters whose names have no case: %j", (contentType) => {
    expect(parsed(contentType)).toEqual(["text/html", { charset: "utf-8" }]);
  });

  it("can have no parameters, several, and empty ones (RFC 9110 §5.6.6)", () => {
    expect(parsed("text/html")).toEqual(["text/html", {}]);
    expect(parsed("text/html;")).toEqual(["text/html", {}]);
    expect(parsed("text/html; ;;a=1; ;b=2 ;")).toEqual(["text/html", { a: "1", b: "2" }]);
  });

  it("has parameters whose values keep their case", () => {
    expect(parsed("multipart/form-data; BOUNDARY=AbC")).toEqual([
      "multipart/form-data",
      { boundary: "AbC" },
    ]);
  });

  it("has quoted values without their quotes and backslashes (RFC 9110 §5.6.4)", () => {
    expect(parsed(String.raw`a/b; c="d \"e\" \\ f;g=h"; i=""`)).toEqual([
      "a/b",
      { c: String.raw`d "e" \ f;g=h`, i: "" },
    ]);
  });

  it("is parsed the same after another one", () => {
    expect(parsed("text/html; a=1")).toEqual(["text/html", { a: "1" }]);
    expect(parsed("text/html, a/b; c=d")).toBeUndefined();
    expect(parsed("text/html; a=1")).toEqual(["text/html", { a: "1" }]);
  });

  it("consists of tokens (RFC 9110 §5.6.2)", () => {
    for (const character of characters) {
      const isToken = TOKEN.includes(character);
      const shown = JSON.stringify(character);
      for (const contentType of [`x${character}x/y`, `x/y;n${character}n=v`]) {
        // A semicolon or an equals sign ends the name, and what follows is malformed.
        expect(parseMediaType(contentType) !== undefined, shown).toBe(isToken);
      }
      const value = parsed(`x/y;n=v${character}v`);
      expect(value !== undefined, shown).toBe(isToken);
      if (isToken) expect(value).toEqual(["x/y", { n: `v${character}v` }]);
    }
  });

  it("has quoted values of any text but control characters (RFC 9110 §5.6.4)", () => {
    for (const character of characters) {
      const isText = /^[\t -~\x80-\xff]$/.test(character);
      const isPlain = isText && character !== '"' && character !== "\\";
      expect(parsed(`x/y;n="${character}"`), JSON.stringify(character)).toEqual(
        isPlain ? ["x/y", { n: character }] : undefined,
      );
      expect(parsed(`x/y;n="\\${character}"`), JSON.stringify(character)).toEqual(
        isText ? ["x/y", { n: character }] : undefined,
      );
    }
  });

  it.each([
    "",
    " ",
    "text",
    "text/",
    "/html",
    "text/html/x",
    "text /html",
    "text/ html",
    "text/html charset=utf-8",
    "text/html, application/json",
    "text/html;charset",
    "text/html;charset=",
    "text/html;=utf-8",
    "text/html;charset =utf-8",
    "text/html;charset= utf-8",
    "text/html;charset=utf-8 x",
    'text/html;charset="utf-8',
    'text/html;charset="utf-8"x',
    'text/html;charset="utf-8\\',
    "text/html;a=1;A=2",
    "x text/html",
  ])("is not %j", (contentType) => {
    expect(parseMediaType(contentType)).toBeUndefined();
  });
});
