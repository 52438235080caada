/** The unreserved characters of RFC 3986 §2.3, which RFC 5849 §3.6 does not encode. */
const UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/** The encoding of each octet, by RFC 5849 §3.6. */
const TABLE: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  return UNRESERVED.includes(character)
    ? character
    : `%${"0123456789ABCDEF"[octet >> 4]}${"0123456789ABCDEF"[octet & 15]}`;
});

/**
 * Percent-encoding by a table of the 256 octets. It shares no code with the implementations
 * under test.
 */
export function encode(input: string | Uint8Array): string {
  return Array.from(Buffer.from(input as string), (octet) => TABLE[octet]).join("");
}
