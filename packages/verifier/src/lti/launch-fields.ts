import type { Parameter } from "@oauth1/base-string";
import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import { rejected } from "../received-parameters.js";

/**
 * Reads the parameters of a launch as typed fields. The signature does not cover the place of a
 * parameter (RFC 5849 §3.4.1.3.2), so a user, whose browser posts the launch, can swap two of the
 * same name. A parameter that is read must therefore be unique in query and form together.
 */
export interface LaunchFields {
  /** Returns a parameter's value, or `undefined` if it is absent or empty. */
  text(name: string): string | undefined;
  /** Returns an absolute http or https URL. A handler that opens it cannot run a script. */
  url(name: string): string | undefined;
  /** Returns a positive integer. */
  integer(name: string): number | undefined;
  /** Returns `true` or `false`. */
  flag(name: string): boolean | undefined;
  /** Returns the items of a list that are separated by commas, without empty ones. */
  list(name: string): string[];
  /** Returns the percent-encoded items of a list, decoded; none if one of them is malformed. */
  encodedList(name: string): string[];
  /** Returns all parameters with a prefix, by the rest of their names. */
  withPrefix(prefix: string): Map<string, string>;
}

/** Prepares parameters for reading. Each function throws a `Problem` for one that is not unique. */
export function launchFields(parameters: readonly Parameter[]): LaunchFields {
  const values = new Map<string, [first: string, ...others: string[]]>();
  for (const [name, value] of parameters) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }

  function onlyValue(name: string): string | undefined {
    const [value, ...others] = values.get(name) ?? [];
    if (value === undefined || others.length === 0) return value;
    throw rejected(
      "a parameter of a launch must not appear twice in query and form together",
      [value, ...others].map((one) => [name, one]),
    );
  }

  const text = (name: string) => onlyValue(name) || undefined;
  const list = (name: string) =>
    (text(name) ?? "")
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  return {
    text,
    url: (name) => webUrl(text(name)),
    integer(name) {
      const digits = text(name) ?? "";
      return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : undefined;
    },
    flag(name) {
      const value = text(name);
      return value === "true" ? true : value === "false" ? false : undefined;
    },
    list,
    encodedList: (name) => decodedItems(list(name)),
    withPrefix(prefix) {
      const found = new Map<string, string>();
      for (const name of values.keys()) {
        if (!name.startsWith(prefix)) continue;
        found.set(name.slice(prefix.length), onlyValue(name) ?? "");
      }
      return found;
    },
  };
}

function webUrl(text: string | undefined): string | undefined {
  // A browser that resolves it must not need another base than itself.
  if (text === undefined || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return text;
}

function decodedItems(items: readonly string[]): string[] {
  try {
    return items.map(percentDecode);
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    return [];
  }
}
