import fc from "fast-check";
import type { Parameter } from "../implementation.js";
import { encode } from "../references/encode.js";
import { parameters } from "./parameters.js";
import { join, type UrlParts, urlParts } from "./url.js";

/** A request in parts, so that one of them can be changed. */
interface Parts {
  readonly method: string;
  readonly url: UrlParts;
  readonly query: readonly Parameter[];
}

/** Two requests that differ in one signed part. */
export interface Change {
  readonly part: string;
  readonly before: { readonly method: string; readonly url: string };
  readonly after: { readonly method: string; readonly url: string };
}

/** Each signed part, with another request in which only that part is changed. */
const changes: Readonly<Record<string, (parts: Parts) => Parts>> = {
  method: (parts) => ({ ...parts, method: parts.method === "GET" ? "POST" : "GET" }),
  scheme: (parts) => {
    const scheme = /^http$/i.test(parts.url.scheme) ? "https" : "http";
    return { ...parts, url: { ...parts.url, scheme } };
  },
  host: (parts) => ({
    ...parts,
    url: { ...parts.url, host: parts.url.host.startsWith("[") ? "[::2]" : `x${parts.url.host}` },
  }),
  // Port 1 is not the default of either scheme.
  port: (parts) => ({ ...parts, url: { ...parts.url, port: parts.url.port === 1 ? 2 : 1 } }),
  path: (parts) => ({ ...parts, url: { ...parts.url, path: `${parts.url.path}/x` } }),
  name: (parts) => ({
    ...parts,
    query: changedLast(parts.query, ([name, value]) => [`${name}x`, value]),
  }),
  value: (parts) => ({
    ...parts,
    query: changedLast(parts.query, ([name, value]) => [name, `${value}x`]),
  }),
  "one more": (parts) => ({ ...parts, query: [...parts.query, ["x", ""]] }),
  "one less": (parts) => ({ ...parts, query: parts.query.slice(0, -1) }),
};

/** Two requests that differ in one signed part. */
export const change: fc.Arbitrary<Change> = fc
  .record({
    part: fc.constantFrom(...Object.keys(changes)),
    method: fc.constantFrom("GET", "POST"),
    url: urlParts,
    query: fc
      .tuple(fc.tuple(fc.string({ maxLength: 4 }), fc.string()), parameters)
      .map(([first, rest]) => [...rest, first] as readonly Parameter[]),
  })
  .map(({ part, ...parts }) => ({
    part,
    before: written(parts),
    after: written(changes[part]?.(parts) ?? parts),
  }));

function changedLast(
  list: readonly Parameter[],
  changed: (parameter: Parameter) => Parameter,
): readonly Parameter[] {
  return [...list.slice(0, -1), ...list.slice(-1).map(changed)];
}

function written({ method, url, query }: Parts): Change["before"] {
  const pairs = query.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return { method, url: `${join(url)}?${pairs.join("&")}` };
}
