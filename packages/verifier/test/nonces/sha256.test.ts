// The function for Node, and the one for platforms without a synchronous SHA-256.
import { describe, expect, it } from "vitest";
import { sha256 as ofNode } from "../../src/nonces/sha256-node.js";
import { sha256 as ofNoble } from "../../src/nonces/sha256-web.js";

// FIPS 180-2, appendices B.1 and B.2; the third by `printf é | sha256sum`.
const DIGESTS = [
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
  ["é", "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"],
] as const;

describe.each([
  ["node:crypto", ofNode],
  ["@noble/hashes", ofNoble],
])("SHA-256 with %s", (_, sha256) => {
  it.each(DIGESTS)("of %s", (text, digest) => {
    expect(sha256(text)).toBe(digest);
  });
});
