/** RFC 5849 §3.6 by the platform's encoder and the five characters that it leaves. */
export function encode(decoded: string): string {
  return encodeURIComponent(decoded).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
