/** The unreserved characters of RFC 3986 §2.3, which RFC 5849 §3.6 does not encode. */
const UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

const IS_UNRESERVED: readonly boolean[] = Array.from({ length: 256 }, (_, octet) =>
  UNRESERVED.includes(String.fromCharCode(octet)),
);

const PERCENT = 0x25;

/** The digits of RFC 5849 §3.6, which are in upper case. */
const DIGITS = "0123456789ABCDEF";

/**
 * Percent-encoding of each octet by itself. It shares no code with the implementations under test.
 * The answer of an implementation can have a mebibyte.
 */
export function encode(input: string | Uint8Array): string {
  const octets = Buffer.from(input as string);
  const encoded = Buffer.alloc(3 * octets.length);
  let length = 0;
  for (const octet of octets) {
    if (IS_UNRESERVED[octet]) {
      encoded[length++] = octet;
    } else {
      encoded[length++] = PERCENT;
      encoded[length++] = DIGITS.charCodeAt(octet >> 4);
      encoded[length++] = DIGITS.charCodeAt(octet & 15);
    }
  }
  return encoded.toString("latin1", 0, length);
}
