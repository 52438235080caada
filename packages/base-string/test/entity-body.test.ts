import { isFormContentType } from "@oauth1/base-string/entity-body";
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
