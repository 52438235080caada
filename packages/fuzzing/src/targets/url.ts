import { BaseStringError, baseStringUri, queryParameters } from "@oauth1/base-string";
import { parseRequestUri, prepareRequestUriParser } from "@oauth1/base-string/steps";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { attempt, type FuzzTarget, hold, holdEqual } from "../target.js";

/** RFC 5849 §3.4.1.2, compared with the `URL` of the platform where both accept the address. */
export const target: FuzzTarget = {
  name: "url",
  modules:
    /base-string\/dist\/(?:request-uri|request-uri-parser|base-string-uri|query-parameters|parse-form)\.js$/,
  seeds: [
    "http://EXAMPLE.COM:80/r%20v/X?id=123",
    "https://www.example.net:8080/?q=1#f",
    "https://jane:secret@example.com:443/a/../b",
    "http://[2001:DB8::1]:8080/A?",
    "http://192.0.2.7",
    "http://a\\@b/",
  ],
  tokens: [
    "http://",
    "https://",
    "@",
    "\\",
    "//",
    ":80",
    ":443",
    ":",
    "[::1]",
    "?",
    "#",
    "/..",
    "%2F",
    "%00",
    ".",
    "xn--",
    "0x7f.1",
  ],
  check(input) {
    const parsed = attempt(() => parseRequestUri(input), BaseStringError);
    const split = /^([^/?#]*:\/\/[^/?#]*)([/?#].*)$/s.exec(input);
    if (split !== null) {
      const [, origin = "", rest = ""] = split;
      const parse = prepareRequestUriParser();
      parse("http://example.com", "/");
      const fast = attempt(() => parse(origin, rest), BaseStringError);
      const known = attempt(() => parse(origin, rest), BaseStringError);
      for (const other of [fast, known]) {
        holdEqual(outcome(other), outcome(parsed), "both parsers read the same");
      }
    }
    if ("error" in parsed) {
      const { index = -1 } = parsed.error;
      hold(index >= 0 && index <= input.length, "the index of an error is in the URL", index);
      return;
    }
    const { baseStringUri: uri, query, queryIndex } = parsed.value;
    holdEqual(
      input.slice(queryIndex, queryIndex + query.length),
      query,
      "the query is at its index",
    );
    holdEqual(baseStringUri(uri), uri, "a base string URI is its own base string URI");
    attempt(() => queryParameters(input), PercentEncodingError);

    // Everything that only the platform changes: the path's dots and escapes, IDNA, IPv4 in hex.
    const platform = URL.canParse(input) ? new URL(input) : undefined;
    if (platform === undefined) return;
    const [, scheme = "", host = "", port = ""] =
      /^(https?):\/\/(\[[^\]]*\]|[^/:]*)(?::(\d+))?\//.exec(uri) ?? [];
    holdEqual(`${scheme}:`, platform.protocol, "the scheme is the platform's");
    holdEqual(port === "" ? "" : String(Number(port)), platform.port, "the port is the platform's");
    if (/^[a-z\d-]+(?:\.[a-z\d-]*[a-z-])*$/.test(host) && !/^\d|xn--/.test(host)) {
      holdEqual(host, platform.hostname, "the host is the platform's");
    }
    holdEqual(
      platform.search,
      query === "" ? "" : `?${escaped(query)}`,
      "the query is the platform's",
    );
  },
};

function outcome(parsed: ReturnType<typeof attempt>): unknown {
  return "value" in parsed ? parsed.value : [parsed.error.code, parsed.error.index];
}

/** What the platform escapes in a query, and a request line can contain. */
function escaped(query: string): string {
  return query.replace(
    /["'<>]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
