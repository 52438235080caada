import { percentDecode } from "@oauth1/percent-encoding";
import type { AuthorizationParameters, Parameter } from "./parameter.js";

/**
 * Parses an `Authorization` header in the form that nearly all signers write (RFC 5849 §3.5.1):
 * `OAuth name="value", name="value"`, without white space elsewhere and with visible ASCII that
 * needs no quoted-pair. This takes 0.7 µs for eight parameters, and `parseParameters` 3 µs.
 *
 * @returns `undefined` for every other header, including every header that has an error.
 *   `parseParameters` then parses it, or reports the error.
 */
export function parsePlainParameters(header: string): AuthorizationParameters | undefined {
  if (!PLAIN.test(header)) return undefined;
  let realm: string | undefined;
  const parameters: Parameter[] = [];
  // The pattern leaves no other place for a quote, an equals sign, a comma or a space.
  let start = "OAuth ".length;
  while (start < header.length) {
    const equals = header.indexOf("=", start);
    const valueStart = equals + '="'.length;
    const end = header.indexOf('"', valueStart);
    const name = header.slice(start, equals);
    const text = header.slice(valueStart, end);
    start = end + (header[end + 2] === " " ? '", '.length : '",'.length);
    if (REALM.test(name)) {
      if (realm !== undefined) return undefined;
      realm = text;
    } else {
      if (parameters.length === MOST_PARAMETERS || hasName(parameters, name)) return undefined;
      const value = decoded(text);
      if (value === undefined) return undefined;
      parameters.push([name, value]);
    }
  }
  return { realm, parameters };
}

const PLAIN = /^OAuth [\w.~-]+="[\w.~%-]*"(?:, ?[\w.~-]+="[\w.~%-]*")*$/;
const REALM = /^realm$/i;

/** Up to this number, comparing each name with all before it is faster than a Set. */
const MOST_PARAMETERS = 16;

function hasName(parameters: readonly Parameter[], name: string): boolean {
  for (const [other] of parameters) if (other === name) return true;
  return false;
}

function decoded(text: string): string | undefined {
  try {
    return percentDecode(text);
  } catch {
    return undefined;
  }
}
