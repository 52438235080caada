// In bundles without Node for `node:crypto`: the laws' reference, by a library that shares no code
// with these packages.
import JsSha from "jssha/sha1";

interface Hmac {
  update(text: string, encoding?: "utf8"): Hmac;
  digest(encoding: "base64"): string;
}

/** HMAC-SHA1 (RFC 2104) of UTF-8 text. */
export function createHmac(algorithm: "sha1", key: string): Hmac {
  if (algorithm !== "sha1") throw new RangeError(`only sha1, not ${algorithm}`);
  const octets = new TextEncoder();
  const hmac = new JsSha("SHA-1", "UINT8ARRAY", {
    hmacKey: { value: octets.encode(key), format: "UINT8ARRAY" },
  });
  return {
    update(text) {
      hmac.update(octets.encode(text));
      return this;
    },
    digest: () => hmac.getHash("B64"),
  };
}
