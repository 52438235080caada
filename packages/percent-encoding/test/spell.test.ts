import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import * as onNode from "@oauth1/percent-encoding";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

// RFC 3986 §2.3.
const UNRESERVED = /[A-Za-z0-9._~-]/;

/** RFC 5849 §3.6 literally, octet by octet. */
function encodePlainly(octets: Iterable<number>): string {
  let encoded = "";
  for (const octet of octets) {
    const character = String.fromCharCode(octet);
    encoded += UNRESERVED.test(character)
      ? character
      : `%${octet.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

/** The octets of encoded text, escape by escape and character by character. */
function decodePlainly(encoded: string, plus: "space" | "literal"): number[] {
  const octets: number[] = [];
  for (const [piece] of encoded.matchAll(/%..|[^%]/gsu)) {
    if (piece.length === 3) octets.push(Number.parseInt(piece.slice(1), 16));
    else octets.push(...Buffer.from(piece === "+" && plus === "space" ? " " : piece, "utf8"));
  }
  return octets;
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    const { code, index } = error as onNode.PercentEncodingError;
    return { code, index };
  }
}

const MALFORMED = /%(?![\dA-F]{2})|\p{Cs}/iu;
function malformed(encoded: string, pattern: RegExp) {
  const index = encoded.search(pattern);
  if (index < 0) return undefined;
  const code = encoded[index] === "%" ? "ERR_BROKEN_ESCAPE" : "ERR_LONE_SURROGATE";
  return { code, index };
}

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
  { weight: 8, arbitrary: fc.constantFrom("%41", "%7e", "%2B", "%2b", "%ff", "%E2%98%83", "+") },
  { weight: 2, arbitrary: fc.constantFrom("a".repeat(1000), "☃".repeat(100), "%20".repeat(300)) },
  { weight: 1, arbitrary: fc.constantFrom("%", "%4", "%4z", "%zz", "\ud800", "\udc00") },
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));

/** The package in a realm with these globals. */
async function loadWith(globals: object): Promise<typeof onNode> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(import.meta.resolve("@oauth1/percent-encoding"))],
    bundle: true,
    format: "iife",
    globalName: "bundle",
    write: false,
  });
  const context = createContext(globals);
  runInContext(outputFiles[0]?.text ?? "", context);
  return runInContext("bundle", context);
}

describe.each([
  ["with Buffer", () => Promise.resolve(onNode)],
  ["with TextDecoder", () => loadWith({ TextDecoder })],
  ["with only ECMAScript", () => loadWith({})],
])("the one loop, %s,", (_, load) => {
  it("agrees with encoding octet by octet", async () => {
    const { percentEncode } = await load();
    fc.assert(
      fc.property(text, (text) => {
        const expected = malformed(text, /\p{Cs}/u) ?? encodePlainly(Buffer.from(text, "utf8"));
        expect(outcome(() => percentEncode(text))).toEqual(expected);
      }),
      { numRuns: 10_000 },
    );
  });

  it("agrees with decoding and encoding octet by octet", async () => {
    const { normalizePercentEncoding, percentDecodeOctets } = await load();
    fc.assert(
      fc.property(text, fc.constantFrom("space", "literal"), (text, plus) => {
        const wrong = malformed(text, MALFORMED);
        const expected = wrong ?? encodePlainly(decodePlainly(text, plus));
        expect(outcome(() => normalizePercentEncoding(text, { plus }))).toEqual(expected);
        const octets = outcome(() => Array.from(percentDecodeOctets(text)));
        expect(octets).toEqual(wrong ?? decodePlainly(text, "literal"));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("the octets that the loop writes", () => {
  it("are wiped before the function returns or throws", async () => {
    const seen = new Set<Uint8Array>();
    const { percentEncode } = await loadWith({
      Buffer: {
        prototype: {
          latin1Slice(this: Uint8Array, start: number, end: number) {
            seen.add(this);
            return Buffer.from(this).toString("latin1", start, end);
          },
        },
      },
    });
    const kept = () => [...seen].flatMap((octets) => [...octets]).filter((octet) => octet !== 0);
    for (let length = 0; length < 2200; length += length < 990 || length > 1060 ? 110 : 1) {
      const secret = `${"k".repeat(length)}&`;
      expect(percentEncode(secret)).toBe(`${"k".repeat(length)}%26`);
      expect(kept()).toEqual([]);
      expect(() => percentEncode(`${secret}\ud800`)).toThrow("lone surrogate");
      expect(kept()).toEqual([]);
    }
    expect(seen.size).toBe(1);
  });
});
