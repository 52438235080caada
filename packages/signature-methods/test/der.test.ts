import { describe, expect, it } from "vitest";
import { OCTET_STRING, readDer, writeDer } from "../dist/keys/der.js";

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

/** The octets of a length (ITU-T X.690 §8.1.3, and §10.1: as few as possible). */
const LENGTHS = [
  [0, "00"],
  [1, "01"],
  [0x7f, "7f"],
  [0x80, "81 80"],
  [0xff, "81 ff"],
  [0x100, "82 01 00"],
  [0x1_0000, "83 01 00 00"],
] as const;

describe("DER", () => {
  it.each(LENGTHS)("has %d octets after the length %s", (length, hex) => {
    const contents = new Uint8Array(length).fill(7);
    const element = Uint8Array.from([OCTET_STRING, ...octets(hex), ...contents]);
    expect(writeDer(OCTET_STRING, contents)).toEqual(element);
    expect(readDer(element)).toEqual([{ tag: OCTET_STRING, contents, octets: element }]);
  });

  it("has elements one after the other", () => {
    expect(readDer(octets("05 00 04 01 ff"))).toEqual([
      { tag: 5, contents: new Uint8Array(), octets: octets("05 00") },
      { tag: OCTET_STRING, contents: octets("ff"), octets: octets("04 01 ff") },
    ]);
    expect(writeDer(OCTET_STRING, octets("01"), octets("02 03"))).toEqual(octets("04 03 01 02 03"));
  });

  it.each([
    ["no length", "04"],
    ["fewer octets than its length", "04 02 ff"],
    ["an indefinite length", `04 80 ${"00".repeat(128)}`],
    ["a length of four octets", "04 84 00 00 00 01 ff"],
  ])("is rejected with %s", (_, hex) => {
    expect(() => readDer(octets(hex))).toThrow(
      expect.objectContaining({
        name: "KeyError",
        code: "ERR_KEY_MALFORMED",
        message: "the key is truncated or damaged",
      }),
    );
  });
});
