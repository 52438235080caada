import {
  AuthorizationHeaderError,
  type AuthorizationHeaderErrorCode,
  parseAuthorizationHeader,
  serializeAuthorizationHeader,
  serializeChallenge,
} from "@oauth1/auth-header";
import { describe, expect, expectTypeOf, it } from "vitest";

const writers = { serializeAuthorizationHeader, serializeChallenge };
const injections = ['"', '"\r\nX-Forwarded-For: ::1', "\n", "\0"];

for (const [name, write] of Object.entries(writers)) {
  describe(name, () => {
    it("encodes names and values, so that neither can end its context", () => {
      for (const injection of [...injections, "a b", ",", "é", "\\"]) {
        const header = write({ parameters: [[injection, injection]] });
        expect(header).toMatch(/^OAuth [\w.~%-]+="[\w.~%-]+"$/);
        expect(parseAuthorizationHeader(header).parameters).toEqual([[injection, injection]]);
      }
    });

    it("throws a TypeError for names and values that are not strings", () => {
      for (const value of [undefined, null, 7] as unknown as string[]) {
        expect(() => write({ parameters: [["oauth_timestamp", value]] })).toThrow(TypeError);
        expect(() => write({ parameters: [[value, ""]] })).toThrow(TypeError);
      }
    });
  });
}

describe("AuthorizationHeaderError", () => {
  it("has a stable code and an index", () => {
    expectTypeOf<AuthorizationHeaderError["code"]>().toEqualTypeOf<AuthorizationHeaderErrorCode>();
    expectTypeOf<AuthorizationHeaderError["index"]>().toEqualTypeOf<number>();
  });

  it("does not show a secret in its message, its JSON or its cause", () => {
    expect.assertions(3);
    try {
      parseAuthorizationHeader('OAuth oauth_signature="kd94hf93k423kf44%26", a="kd94hf%zz"');
    } catch (error) {
      expect(error).toBeInstanceOf(AuthorizationHeaderError);
      expect(`${error} ${JSON.stringify(error)}`).not.toContain("kd94hf");
      expect((error as Error).cause).toBeUndefined();
    }
  });
});
