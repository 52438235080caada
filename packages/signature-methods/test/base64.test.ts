import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "../dist/base64.js";

// RFC 4648 §10.
const VECTORS = [
  ["", ""],
  ["f", "Zg=="],
  ["fo", "Zm8="],
  ["foo", "Zm9v"],
  ["foob", "Zm9vYg=="],
  ["fooba", "Zm9vYmE="],
  ["foobar", "Zm9vYmFy"],
] as const;

describe("base64", () => {
  it.each(VECTORS)("of %j is %j (RFC 4648 §10)", (text, base64) => {
    expect(encodeBase64(Buffer.from(text))).toBe(base64);
    expect(decodeBase64(base64)).toEqual(Uint8Array.from(Buffer.from(text)));
  });

  // RFC 4648 §3: padding is required, other characters are invalid, and the unused bits are 0.
  it.each(["Zg", "Zg=", "Zm8", "Zh==", "Zm9=", "Zg==\n", " Zg==", "Zm 8=", "Z-8=", "Z", "=", "☃"])(
    "is not %j",
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});
