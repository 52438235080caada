import { timingSafeEqual } from "node:crypto";

/**
 * Compares two texts in a time that depends on the length of the received one alone: neither the
 * place of the first difference nor the length of the expected text shows in it.
 *
 * By node:crypto where it exists, whose comparison no compiler shortens.
 *
 * @param expected - The right text: a secret, a signature or a hash.
 * @param received - The text that a caller sent. Any text, however malformed.
 * @returns Whether both are the same, code unit for code unit.
 *
 * @example
 * ```ts
 * equalInConstantTime("VZVjXceV7JgPq/dOTnNmEfO0Fv8=", "VZVjXceV7JgPq/dOTnNmEfO0Fv8="); // true
 * equalInConstantTime("VZVjXceV7JgPq/dOTnNmEfO0Fv8=", "VZVj"); // false
 * ```
 */
export function equalInConstantTime(expected: string, received: string): boolean {
  const expectedOctets = octetsOf(expected, received.length);
  const receivedOctets = octetsOf(received, received.length);
  const isSame = timingSafeEqual(expectedOctets, receivedOctets);
  // They are pieces of Node's pool, which is ten times as fast as memory of their own: no secret may
  // stay there beside whatever comes into the pool next.
  expectedOctets.fill(0);
  receivedOctets.fill(0);
  return isSame && expected.length === received.length;
}

/**
 * The code units of a text, cut to a length; UTF-8 would make U+FFFD of every lone surrogate. What
 * follows a shorter text is arbitrary, which does no harm: the lengths differ.
 */
function octetsOf(text: string, length: number): Buffer {
  const octets = Buffer.allocUnsafe(2 * length);
  octets.write(text, "utf16le");
  return octets;
}
