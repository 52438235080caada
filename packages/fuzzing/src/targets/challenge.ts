import { AuthorizationHeaderError, parseChallenge, serializeChallenge } from "@oauth1/auth-header";
import { attempt, type FuzzTarget, hold, holdEqual } from "../target.js";

/** RFC 5849 §3.5.1, RFC 9110 §11.6.1. A challenge that is accepted round-trips, alone and in a list. */
export const target: FuzzTarget = {
  name: "challenge",
  modules: /auth-header\/dist\/[\w-]+\.js$/,
  seeds: [
    'OAuth realm="http://server.example.com/"',
    'Basic realm="a, OAuth x", OAuth oauth_problem="token_expired"',
    'Newauth a="1", OAuth realm="b", Digest c="d"',
    "OAuth oauth_problem=token_expired",
    "Negotiate abc==, OAuth",
  ],
  tokens: [
    "OAuth ",
    "Basic ",
    ", ",
    '="',
    '"',
    "realm=",
    '\\"',
    "oauth_problem=",
    "Negotiate abc==",
    ",",
    "\t",
  ],
  check(input) {
    const parsed = attempt(() => parseChallenge(input), AuthorizationHeaderError);
    if ("error" in parsed) {
      const { index = -1 } = parsed.error;
      hold(index >= 0 && index <= input.length, "the index of an error is in the header", index);
      return;
    }
    const { realm, parameters } = parsed.value;
    holdEqual(
      new Set(parameters.map(([name]) => name)).size,
      parameters.length,
      "no name is there twice",
    );
    const again = attempt(() => serializeChallenge(parsed.value), AuthorizationHeaderError);
    if ("error" in again) {
      holdEqual(again.error.code, "ERR_REALM", "only a realm that is not ASCII cannot be written");
      return;
    }
    if (parameters.some(([name]) => /^realm$/i.test(name))) return;
    const { value: written } = again;
    for (const list of [
      written,
      `Basic realm="x, OAuth y", ${written}`,
      `${written}, Basic realm="z"`,
    ]) {
      holdEqual(parseChallenge(list), { realm, parameters }, "a challenge round-trips");
    }
  },
};
