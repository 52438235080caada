import { percentDecodeOctets } from "@oauth1/percent-encoding";

/**
 * Returns true if a text may contain a secret or the beginning of one, encoded or not. Clients
 * send secrets in wrong places, and a response must not repeat them.
 */
export function mentions(text: string, secrets: readonly string[]): boolean {
  const readings = [text];
  for (let times = 0; times < MOST_ENCODINGS; times++) {
    readings.push(decodeWhatCanBe(readings.at(-1) ?? ""));
  }
  const all = [...readings, ...readings.map((reading) => reading.replaceAll("+", " "))];
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .some((secret) => all.some((reading) => reading.includes(secret.slice(0, LONGEST))));
}

/** A base string has values that are encoded twice, and more often if a signer is wrong. */
const MOST_ENCODINGS = 4;

/** A quoted text, which has escapes of JSON, may be cut off within a secret. */
const LONGEST = 8;

function decodeWhatCanBe(text: string): string {
  return text.replace(/(?:%[\dA-F]{2})+/gi, (escapes) =>
    new TextDecoder().decode(percentDecodeOctets(escapes)),
  );
}
