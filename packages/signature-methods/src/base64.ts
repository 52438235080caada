/** Base64 (RFC 4648 §4) of octets. */
export function encodeBase64(octets: Uint8Array): string {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}

/** The octets of canonical base64, or `undefined` for any other text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const octets = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return encodeBase64(octets) === text ? octets : undefined;
  } catch {
    return undefined;
  }
}
