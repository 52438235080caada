import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { siphash128 } from "../../src/nonces/siphash.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-siphash-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** SipHash-1-3 with 128 bits, computed by OpenSSL. */
function byOpenssl(key: Buffer, message: Uint8Array): string {
  const file = join(folder, "message");
  writeFileSync(file, message);
  const options = [`hexkey:${key.toString("hex")}`, "size:16", "c-rounds:1", "d-rounds:3"];
  const words = [
    "mac",
    ...options.flatMap((option) => ["-macopt", option]),
    "-in",
    file,
    "SIPHASH",
  ];
  return execFileSync("openssl", words, { encoding: "utf8" }).trim().toLowerCase();
}

function byOurs(key: Buffer, message: Uint8Array): string {
  const [word0, word1, word2, word3] = [0, 4, 8, 12].map((at) => key.readInt32LE(at));
  const words = [word0, word1, word2, word3] as [number, number, number, number];
  const hash = new Int32Array(4);
  const { buffer, byteOffset, byteLength } = message;
  siphash128(words, new DataView(buffer, byteOffset, byteLength), byteLength, hash);
  const octets = Buffer.alloc(16);
  for (const [index, word] of hash.entries()) octets.writeInt32LE(word, index * 4);
  return octets.toString("hex");
}

describe("siphash128", () => {
  for (const length of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 63, 64, 255, 256, 1000]) {
    it(`hashes ${length} octets as OpenSSL does`, () => {
      const key = Buffer.from(
        Array.from({ length: 16 }, (_, index) => (index * 57 + length) & 0xff),
      );
      const message = Uint8Array.from({ length }, (_, index) => (index * 151 + 201) & 0xff);
      expect(byOurs(key, message)).toBe(byOpenssl(key, message));
    });
  }
});
