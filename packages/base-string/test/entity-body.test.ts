import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { describe, expect, it } from "vitest";

describe("isFormContentType", () => {
  it.each([
    "application/x-www-form-urlencoded",
    "APPLICATION/X-WWW-FORM-URLENCODED",
    "application/x-www-form-urlencoded;charset=UTF-8",
    "application/x-www-form-urlencoded ; charset=UTF-8",
    " \tapplication/x-www-form-urlencoded\t ",
    "application/x-www-form-urlencoded;",
  ])("returns true for %j", (contentType) => {
    expect(isFormContentType(contentType)).toBe(true);
  });

  it.each([
    null,
    undefined,
    "",
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded-plus",
    "application/x-www-form-urlencoded2",
    "text/plain; a=application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded, text/plain",
    "application /x-www-form-urlencoded",
    "x-www-form-urlencoded",
  ])("returns false for %j", (contentType) => {
    expect(isFormContentType(contentType)).toBe(false);
  });
});

describe("formText", () => {
  it("keeps ASCII and escapes every other octet", () => {
    for (let octet = 0; octet < 256; octet++) {
      const expected = octet < 0x80 ? String.fromCharCode(octet) : `%${octet.toString(16)}`;
      expect(formText(Uint8Array.of(0x61, octet))).toBe(`a${expected}`);
    }
  });

  it("returns an empty text for an empty body", () => {
    expect(formText(new Uint8Array())).toBe("");
  });

  it("returns all of a body that is longer than an engine accepts arguments", () => {
    const text = "c2&a3=2+q&".repeat(30_000);
    expect(formText(Buffer.from(text))).toBe(text);
    expect(formText(Buffer.from(`${text}é`))).toBe(`${text}%c3%a9`);
  });
});
