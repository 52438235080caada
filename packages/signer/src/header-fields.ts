import type { SignableRequest } from "./request.js";

/**
 * Header fields by their lower-cased names, each with the spelling of its name and its value. Lines
 * of one name become one, as RFC 9110 §5.3 says.
 */
export class HeaderFields {
  readonly #fields = new Map<string, [name: string, value: string]>();

  constructor(headers: SignableRequest["headers"]) {
    const entries =
      headers === undefined ? [] : isIterable(headers) ? headers : Object.entries(headers);
    for (const [name, value] of entries) {
      const before = this.get(name);
      this.set(name, before === undefined ? value : `${before}, ${value}`);
    }
  }

  get(name: string): string | undefined {
    return this.#fields.get(name.toLowerCase())?.[1];
  }

  set(name: string, value: string): void {
    this.#fields.set(name.toLowerCase(), [name, value]);
  }

  toRecord(): Record<string, string> {
    return Object.fromEntries(this.#fields.values());
  }
}

function isIterable(headers: object): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}
