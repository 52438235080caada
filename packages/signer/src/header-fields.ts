import type { SignableRequest } from "./request.js";

/** A copy of the headers, with the lines of one name joined (RFC 9110 §5.3). */
export function readHeaderFields(headers: SignableRequest["headers"]): Record<string, string> {
  if (headers === undefined) return {};
  const fields: Record<string, string> = {};
  for (const [name, value] of isIterable(headers) ? headers : Object.entries(headers)) {
    const before = fieldName(fields, name.toLowerCase());
    if (before === undefined) fields[name] = value;
    else fields[before] += `, ${value}`;
  }
  return fields;
}

/** The value of a header by its lower-cased name. */
export function fieldValue(fields: Record<string, string>, name: string): string | undefined {
  const spelled = fieldName(fields, name);
  return spelled === undefined ? undefined : fields[spelled];
}

function fieldName(fields: Record<string, string>, lowerCased: string): string | undefined {
  for (const name in fields) if (name.toLowerCase() === lowerCased) return name;
  return undefined;
}

function isIterable(headers: object): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}
