/**
 * Removes one level of percent-encoding. Each octet becomes a character, because octets do not
 * have to be UTF-8.
 */
export function decodedOctets(encoded: string): string {
  return encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
