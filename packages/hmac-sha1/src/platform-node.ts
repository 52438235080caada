import { createHmac, hash } from "node:crypto";

/**
 * HMAC-SHA1 of UTF-8 text with node:crypto, for Node, Bun and Deno.
 *
 * Like `createHmac("sha1", key).update(text).digest("base64")`, which takes 1.4 times as long for a
 * base string, because it makes objects that have to be collected (`npm run bench`).
 */
export function keyedHmacSha1(key: string): (text: string) => string {
  const keyOctets = atMostOneBlock(key);
  return (text) =>
    text.length > LONGEST_TEXT
      ? createHmac("sha1", key).update(text).digest("base64")
      : hmacOfShortText(keyOctets, text);
}

/** The octets of the key, or of its hash if it is longer than a block (RFC 2104 §2), as Latin-1. */
function atMostOneBlock(key: string): string {
  const octets = /^[\0-\x7f]*$/.test(key) ? key : Buffer.from(key, "utf8").toString("latin1");
  return octets.length > BLOCK ? hash("sha1", key, "binary") : octets;
}

/**
 * RFC 2104 §2. The arrays are wiped before this function returns or throws, so that no part of a key
 * or a text stays in them.
 */
function hmacOfShortText(keyOctets: string, text: string): string {
  let end = BLOCK;
  try {
    inner.write(keyOctets, 0, "latin1");
    for (let word = 0; word < innerKey.length; word++) {
      const ofKey = innerKey[word] as number;
      innerKey[word] = ofKey ^ 0x36363636;
      outerKey[word] = ofKey ^ 0x5c5c5c5c;
    }
    end += inner.write(text, BLOCK, "utf8");
    if (hashed.length !== end) hashed = inner.subarray(0, end);
    outer.write(hash("sha1", hashed, "binary"), BLOCK, "latin1");
    return hash("sha1", outer, "base64");
  } finally {
    inner.fill(0, 0, end);
    outer.fill(0);
  }
}

/** The octets of a block of SHA-1, and of its digest. */
const BLOCK = 64;
const DIGEST = 20;

/** In UTF-16 code units, which have at most three octets each in UTF-8. */
const LONGEST_TEXT = 4096;

/** The key, and the text or its hash. All zero except while a text is hashed. */
const inner = /* @__PURE__ */ Buffer.alloc(BLOCK + 3 * LONGEST_TEXT);
const outer = /* @__PURE__ */ Buffer.alloc(BLOCK + DIGEST);

/** The used part of `inner`. The base strings of one client mostly have the same length. */
let hashed = /* @__PURE__ */ inner.subarray(0, 0);

const innerKey = /* @__PURE__ */ new Int32Array(inner.buffer, 0, BLOCK / 4);
const outerKey = /* @__PURE__ */ new Int32Array(outer.buffer, 0, BLOCK / 4);
