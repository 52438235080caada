import {
  AuthorizationHeaderError,
  parseAuthorizationHeader,
  serializeAuthorizationHeader,
} from "@oauth1/auth-header";
import { parseToVerify } from "@oauth1/auth-header/to-verify";
import { percentEncode } from "@oauth1/percent-encoding";
import { attempt, type FuzzTarget, hold, holdEqual } from "../target.js";

/** RFC 5849 §3.5.1. A header that is accepted round-trips, and both readers agree. */
export const target: FuzzTarget = {
  name: "authorization-header",
  modules: /auth-header\/dist\/(?!parse-challenge)[\w-]+\.js$/,
  seeds: [
    'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_nonce="wIjqoS%3D"',
    'OAuth oauth_token="",oauth_version="1.0"',
    'oauth realm="a\\"b\\\\", x="%C3%A9"',
    "OAuth",
    "OAuth a=b",
    'OAuth a="1",\r\n b="2"',
  ],
  tokens: [
    "OAuth ",
    "oauth_",
    '="',
    '"',
    ", ",
    ",",
    "=",
    "realm",
    '\\"',
    "\r\n ",
    "%20",
    "%zz",
    'oauth_signature="%3D"',
  ],
  check(input) {
    const parsed = attempt(() => parseAuthorizationHeader(input), AuthorizationHeaderError);
    const verified = attempt(() => parseToVerify(input), AuthorizationHeaderError);
    const unquoted = attempt(
      () => parseAuthorizationHeader(input, { unquoted: true }),
      AuthorizationHeaderError,
    );
    if ("error" in parsed) {
      const { index = -1 } = parsed.error;
      hold(index >= 0 && index <= input.length, "the index of an error is in the header", index);
      hold("error" in verified, "both readers reject");
      if ("error" in verified) {
        holdEqual(
          [verified.error.code, verified.error.index],
          [parsed.error.code, index],
          "both readers report the same",
        );
      }
      return;
    }
    holdEqual("value" in unquoted && unquoted.value, parsed.value, "quoted values need no option");
    if ("error" in verified) throw verified.error;
    const { realm, parameters } = parsed.value;
    holdEqual(
      [verified.value.realm, verified.value.parameters],
      [realm, parameters],
      "both readers read the same",
    );
    const signed = parameters
      .filter(([name]) => name !== "oauth_signature")
      .map(([name, value]) => ({
        encodedName: percentEncode(name),
        encodedValue: percentEncode(value),
      }));
    holdEqual(verified.value.signed, signed, "everything but the signature is signed");
    holdEqual(
      new Set(parameters.map(([name]) => name)).size,
      parameters.length,
      "no name is there twice",
    );
    const again = attempt(
      () => serializeAuthorizationHeader(parsed.value),
      AuthorizationHeaderError,
    );
    if ("error" in again) {
      holdEqual(again.error.code, "ERR_REALM", "only a realm that is not ASCII cannot be written");
      return;
    }
    hold(/^[ -~\t]*$/.test(again.value), "a serialized header is visible ASCII");
    // A parameter that is written like the realm, as %72ealm, would be read as one.
    if (parameters.some(([name]) => /^realm$/i.test(name))) return;
    holdEqual(parseAuthorizationHeader(again.value), parsed.value, "a header round-trips");
  },
};
