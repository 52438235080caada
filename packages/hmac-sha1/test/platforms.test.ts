import { createHmac } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { keyedHmacSha1 as onNode } from "../dist/platform-node.js";
import { keyedHmacSha1 as onTheWeb } from "../dist/platform-web.js";

const unicode = fc.string({ unit: "binary" });

function byNodeCrypto(key: string, text: string): string {
  return createHmac("sha1", key).update(text, "utf8").digest("base64");
}

describe("both platforms", () => {
  it("compute the same as node:crypto, for any key and texts", () => {
    // ASCII as in base strings and encoded secrets, of lengths around the block, too.
    const ascii = fc.string({ unit: "binary-ascii", maxLength: 150, size: "max" });
    const text = fc.oneof(ascii, unicode);
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (key, texts) => {
        const [node, web] = [onNode(key), onTheWeb(key)];
        for (const text of texts) {
          const expected = byNodeCrypto(key, text);
          expect([node(text), web(text)]).toEqual([expected, expected]);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("keep keys apart that are used alternately", () => {
    fc.assert(
      fc.property(unicode, unicode, unicode, (first, second, text) => {
        const signs = [first, second, first].map(
          (key) => [key, onNode(key), onTheWeb(key)] as const,
        );
        for (const [key, node, web] of [...signs, ...signs]) {
          const expected = byNodeCrypto(key, text);
          expect([node(text), web(text)]).toEqual([expected, expected]);
        }
      }),
    );
  });

  it("do so for lengths around the block of 64 octets", () => {
    for (let length = 0; length <= 140; length++) {
      const [key, text] = ["k".repeat(length), "t".repeat(140 - length)];
      const expected = byNodeCrypto(key, text);
      expect([onNode(key)(text), onTheWeb(key)(text)]).toEqual([expected, expected]);
    }
  });

  it("do so for texts around the length from which node:crypto's own HMAC is used", () => {
    for (const length of [1000, 4095, 4096, 4097, 20_000]) {
      for (const text of ["t".repeat(length), "☃".repeat(length), "\ud800".repeat(length)]) {
        const expected = byNodeCrypto("key", text);
        expect([onNode("key")(text), onTheWeb("key")(text)]).toEqual([expected, expected]);
      }
    }
  });

  // RFC 2202 §3, test case 2.
  it.each([["Jefe", "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"]])(
    "compute the digest of RFC 2202 for %j",
    (key, text, digest) => {
      const expected = Buffer.from(digest, "hex").toString("base64");
      expect([onNode(key)(text), onTheWeb(key)(text)]).toEqual([expected, expected]);
    },
  );
});

describe("on Node", () => {
  it("leaves no part of a key or a text in the arrays that it reuses", async () => {
    const arrays: Buffer[] = [];
    const alloc = vi.spyOn(Buffer, "alloc").mockImplementation((size) => {
      const array = Buffer.from(new ArrayBuffer(size));
      arrays.push(array);
      return array;
    });
    // Another instance of the module, because its arrays are created when it is loaded.
    vi.resetModules();
    const { keyedHmacSha1 } = await import("../src/platform-node.js");
    alloc.mockRestore();
    expect(arrays).not.toHaveLength(0);
    for (const key of ["kd94hf93k423kf44&", "k".repeat(64), "k".repeat(200), "☃".repeat(30)]) {
      for (const text of ["text", "é".repeat(1000), ""]) {
        expect(keyedHmacSha1(key)(text)).toBe(byNodeCrypto(key, text));
        for (const array of arrays) expect(array.every((octet) => octet === 0)).toBe(true);
      }
    }
  });
});

describe("a bundle for browsers", () => {
  it("contains no Node code and computes the published signature", async () => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `
          import { prepareHmacSha1, signHmacSha1 } from "@oauth1/hmac-sha1";
          export const { verify } = prepareHmacSha1({ clientSharedSecret: "cs", tokenSharedSecret: "ts" });
          export const signature = signHmacSha1("bs", { clientSharedSecret: "cs", tokenSharedSecret: "ts" });
        `,
        resolveDir: fileURLToPath(new URL(".", import.meta.url)),
      },
      bundle: true,
      platform: "browser",
      format: "iife",
      globalName: "bundle",
      metafile: true,
      write: false,
    });
    expect(Object.keys(metafile.inputs).join()).toMatch(
      /(platform|constant-time)-web.*(platform|constant-time)-web/,
    );
    expect(Object.keys(metafile.inputs).join()).not.toMatch(/-node\.js/);
    // Only the globals that every browser has.
    const context = createContext({ TextEncoder, atob, btoa });
    runInContext(outputFiles[0]?.text ?? "", context);
    // wiki.oauth.net, TestCases.
    expect(runInContext("bundle.signature", context)).toBe("VZVjXceV7JgPq/dOTnNmEfO0Fv8=");
    expect(runInContext('bundle.verify("bs", bundle.signature)', context)).toBe(true);
    expect(runInContext('bundle.verify("bs ", bundle.signature)', context)).toBe(false);
  });
});
