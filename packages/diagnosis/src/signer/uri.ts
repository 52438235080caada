import { percentEncode } from "@oauth1/percent-encoding";
import type { MistakeName } from "../mistakes.js";
import { type Deviation, deviation, type Situation } from "./deviation.js";
import { decodeText, type UriParts } from "./draft.js";

/** The parts of a right base string URI. */
export function uriParts(baseStringUri: string): UriParts {
  const [, scheme = "", host = "", port = "", path = ""] = PARTS.exec(baseStringUri) ?? [];
  return { scheme, userinfo: "", host, port, path, suffix: "" };
}

const PARTS = /^([^:]*):\/\/(\[[^\]]*\]|[^:/]*)(:\d+)?(.*)$/s;

/** Wrong forms of the base string URI (RFC 5849 §3.4.1.2). */
export function uriDeviations({ reading, hosts, pathPrefixes }: Situation): Deviation[] {
  const [, scheme = "", userinfo = "", host = "", port = ""] = WRITTEN.exec(reading.url) ?? [];
  const fragment = /#.*$/s.exec(reading.url)?.[0] ?? "";
  const defaultPort = ({ scheme: own }: UriParts) => (/^https$/i.test(own) ? ":443" : ":80");
  const otherHosts = [
    ...hosts,
    ...["host", "x-forwarded-host"].flatMap((name) => reading.fields(name).slice(0, 2)),
  ];
  return [
    uri("SchemeSwapped", (parts) => {
      const swapped = { ...parts, scheme: parts.scheme === "http" ? "https" : "http" };
      return parts.port === defaultPort(swapped) ? { ...swapped, port: "" } : swapped;
    }),
    uri("TrailingSlashDropped", ({ path }) => ({ path: path.replace(/(.)\/$/s, "$1") })),
    uri("TrailingSlashAdded", ({ path }) => ({ path: path.replace(/([^/])$/, "$1/") })),
    uri("PortDropped", () => ({ port: "" })),
    uri("DefaultPortKept", (parts) => (parts.port === "" ? { port: defaultPort(parts) } : {})),
    uri("QueryKept", ({ suffix }) =>
      reading.ownQuery === "" ? {} : { suffix: `?${reading.ownQuery}${suffix}` },
    ),
    // A signer that appends the protocol parameters to the query first.
    uri("QueryKept", ({ suffix }) =>
      reading.query === "" ? {} : { suffix: `?${reading.query}${suffix}` },
    ),
    uri("PathDecoded", ({ path }) => ({ path: decodeText(path) })),
    uri("PathEncodedAgain", ({ path }) => ({ path: path.replaceAll("%", "%25") })),
    uri("PathEncodedAgain", ({ path }) => ({ path: path.replace(/[^/%]+/g, percentEncode) })),
    uri("PathEncodedAgain", ({ path }) => ({ path: path.replace(/[^/]+/g, percentEncode) })),
    uri("PathLowerCased", ({ path }) => ({ path: path.toLowerCase() })),
    uri("EmptyPathKept", ({ path }) => (path === "/" ? { path: "" } : {})),
    uri("PathParametersLost", ({ path }) => {
      const start = path.indexOf(";", path.lastIndexOf("/"));
      return start < 0 ? {} : { path: path.slice(0, start) };
    }),
    uri("PathParametersLost", ({ path }) => ({ path: path.replace(/;[^/]*/g, "") })),
    uri("PathParametersLost", ({ path }) => ({ path: path.replace(/;$/, "") })),
    uri("DotSegmentsRemoved", ({ path }) => ({ path: withoutDotSegments(path) })),
    uri("DotSegmentsRemoved", ({ path }) => ({ path: path.replace(/\/{2,}/g, "/") })),
    ...otherHosts.flatMap((other) => {
      const { host: otherHost, port: otherPort } = uriParts(`http://${other.toLowerCase()}/`);
      if (otherHost === "") return [];
      return [
        uri("HostReplaced", (parts) => ({
          host: otherHost,
          port: otherPort === defaultPort(parts) ? "" : otherPort,
        })),
        uri("HostReplaced", () => ({ host: otherHost })),
      ];
    }),
    ...pathPrefixes.map((prefix) =>
      uri("BasePathDropped", ({ path }) => {
        const rest = path.slice(prefix.length);
        if (path.startsWith(prefix) && /^(?:\/|$)/.test(rest)) return { path: rest || "/" };
        return { path: prefix + path };
      }),
    ),
    uri("BasePathDropped", ({ path }) => ({ path: path.replace(/^\/[^/]+(?=\/)/, "") })),
    uri("HostCase", () => ({ host })),
    uri("HostCase", (parts) => ({ host: parts.host.toUpperCase() })),
    uri("HostCase", (parts) => ({
      host: parts.host.charAt(0).toUpperCase() + parts.host.slice(1),
    })),
    uri("SchemeCase", () => ({ scheme })),
    uri("SchemeCase", (parts) => ({ scheme: parts.scheme.toUpperCase() })),
    uri("SchemeCase", (parts) => ({
      scheme: parts.scheme.charAt(0).toUpperCase() + parts.scheme.slice(1),
    })),
    uri("UserinfoKept", () => ({ userinfo })),
    uri("FragmentKept", ({ suffix }) => ({ suffix: suffix + fragment })),
    uri("DefaultPortKept", (parts) => (parts.port === "" ? { port } : {})),
  ];
}

/** RFC 3986 §3: scheme, userinfo, host and port as they are written. */
const WRITTEN = /^([^:/?#]*):\/\/([^/?#]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(:\d*)?/;

function uri(mistake: MistakeName, change: (parts: UriParts) => Partial<UriParts>): Deviation {
  return deviation(mistake, "uri", (parts) => {
    const changes = change(parts);
    const names = Object.keys(changes) as (keyof UriParts)[];
    return names.some((name) => changes[name] !== parts[name]) ? { ...parts, ...changes } : parts;
  });
}

/** RFC 3986 §5.2.4. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "." && segment !== "..") kept.push(segment);
    else if (isLast) kept.push("");
  });
  return `/${kept.join("/")}`;
}
