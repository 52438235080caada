/** RFC 5849 §3.6 with the platform's encoder and the five characters that it does not encode. */
export function encode(decoded: string): string {
  return encodeURIComponent(decoded).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
