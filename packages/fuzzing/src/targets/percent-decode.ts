import {
  normalizePercentEncoding,
  PercentEncodingError,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
  percentEncodeOctets,
} from "@oauth1/percent-encoding";
import { attempt, type FuzzTarget, hold, holdEqual } from "../target.js";

/** RFC 5849 §3.6, compared with `decodeURIComponent`. */
export const target: FuzzTarget = {
  name: "percent-decode",
  modules: /percent-encoding\/dist\/percent-encoding\.js$/,
  seeds: ["", "a", "%41%7e", "Ladies%20%2b%20Gentlemen", "%E2%98%83", "%f0%9f%98%80", "%ff%", "+"],
  tokens: ["%", "%25", "%C3", "%E2%98", "%ED%A0%80", "%F4%90%80%80", "%C0%80", "+", "\ud83d"],
  check(input) {
    const decoded = attempt(() => percentDecode(input), PercentEncodingError);
    const other = platformDecoded(input);
    holdEqual(
      "value" in decoded ? decoded.value : undefined,
      other,
      "decodes as the platform does",
    );

    const octets = attempt(() => percentDecodeOctets(input), PercentEncodingError);
    const normalized = attempt(
      () => normalizePercentEncoding(input, { plus: "literal" }),
      PercentEncodingError,
    );
    holdEqual(
      "value" in octets,
      "value" in normalized,
      "octets and spelling are accepted together",
    );
    if ("value" in octets && "value" in normalized) {
      const { value: spelling } = normalized;
      holdEqual(percentEncodeOctets(octets.value), spelling, "octets are encoded to the spelling");
      hold(/^(?:[\w.~-]|%[\dA-F]{2})*$/.test(spelling), "a spelling has unreserved and escapes");
      holdEqual(normalizePercentEncoding(spelling, { plus: "literal" }), spelling, "is idempotent");
    }
    if ("value" in decoded) {
      holdEqual("value" in octets, true, "text has octets");
      holdEqual(percentDecode(percentEncode(decoded.value)), decoded.value, "text round-trips");
    } else {
      const { code, index = -1 } = decoded.error;
      hold(index >= 0 && index < input.length, "the index of an error is in the input", index);
      const isBroken = code === "ERR_BROKEN_ESCAPE";
      holdEqual(
        isBroken,
        isBroken && !/^%[\da-f]{2}/i.test(input.slice(index)),
        "no escape is there",
      );
      holdEqual(code === "ERR_INVALID_UTF8", "value" in octets, "only text needs UTF-8");
    }
  },
};

function platformDecoded(input: string): string | undefined {
  try {
    return input.isWellFormed() ? decodeURIComponent(input) : undefined;
  } catch {
    return undefined;
  }
}
