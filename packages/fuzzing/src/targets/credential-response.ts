import {
  AuthorizationError,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { attemptAsync, type FuzzTarget, hold, holdEqual } from "../target.js";

const SECRET = "kd94hf93k423kf44";
const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: SECRET };

/**
 * The response of a server to a request for credentials (RFC 5849 §2.1, §2.3): credentials that one
 * other reader finds too, or an error without a secret. The first character says the status and the
 * type.
 */
export const target: FuzzTarget = {
  name: "credential-response",
  modules: /client\/dist\/authorization\/(?:read-|answer-|received-|token-)/,
  seeds: [
    "0oauth_token=hh5s93j4hdidpola&oauth_token_secret=hdhd0244k9j7ao03&oauth_callback_confirmed=true",
    '0{"oauth_token":"a","oauth_token_secret":"b","oauth_callback_confirmed":true}',
    "0oauth_token=a&amp;oauth_token_secret=b&amp;oauth_expires_in=3600&amp;x=%ff",
    `1oauth_problem=signature_invalid&oauth_problem_advice=${SECRET}`,
    '1{"error":{"code":"x","token":["s3cr","et"],"nested":{"a":"s3cr"}}}',
    "1oauth_problem=parameter_absent&oauth_parameters_absent=a%26b&oauth_acceptable_versions=1.0-1.0",
    "0<html>",
  ],
  tokens: [
    "oauth_token=",
    "oauth_token_secret=",
    "&",
    "&amp;",
    "=",
    '"oauth_token":',
    '{"',
    '"}',
    "[",
    "]",
    "\\u006f",
    "%5F",
    "+",
    "oauth_problem=",
    "oauth_session_handle=",
    "oauth_expires_in=",
    "\ufeff",
    SECRET,
    "token",
    "%25",
    "&#x61;",
  ],
  async check(input) {
    const kind = input.charCodeAt(0) || 0;
    const body = input.slice(1).toWellFormed();
    const status = kind % 2 === 0 ? 200 : 401;
    const options = {
      client,
      fetch: async () =>
        new Response(body, {
          status,
          headers: { "Content-Type": kind & 2 ? "text/html" : "application/x-www-form-urlencoded" },
        }),
    };
    const token = await attemptAsync(
      () =>
        requestTokenCredentials("https://example.com/token", {
          ...options,
          temporaryCredentials: { identifier: "t", sharedSecret: "u" },
          verifier: "v",
        }),
      AuthorizationError,
    );
    const temporary = await attemptAsync(
      () =>
        requestTemporaryCredentials("https://example.com/initiate", {
          ...options,
          callback: "oob",
        }),
      AuthorizationError,
    );
    for (const answer of [token, temporary]) {
      if ("error" in answer) {
        const shown = `${answer.error.message} ${JSON.stringify(answer.error)}`;
        hold(!shown.includes(SECRET), "an error has no secret", shown);
        continue;
      }
      holdEqual(status, 200, "only a success has credentials");
      const { identifier, sharedSecret } = answer.value;
      const found = otherReading(body);
      holdEqual(new Set(found.get("oauth_token")).size, 1, "one token is there");
      holdEqual(found.get("oauth_token")?.[0], identifier, "another reader finds the token");
      holdEqual(
        found.get("oauth_token_secret")?.[0],
        sharedSecret,
        "another reader finds the secret",
      );
      hold(
        !copiedTexts(answer.value).has(sharedSecret) ||
          sharedSecret.length < 4 ||
          isRepeated(body, sharedSecret),
        "a copy has no secret",
      );
    }
    if ("value" in temporary) holdEqual("value" in token, true, "both steps read the same form");
  },
};

/** The values that a copy of an object as JSON contains. */
function copiedTexts(value: object): Set<unknown> {
  const texts = new Set<unknown>();
  JSON.parse(JSON.stringify(value), (_key, text: unknown) => texts.add(text));
  return texts;
}

/** True if the server repeats the secret as another value or as a name, which is then shown. */
function isRepeated(body: string, secret: string): boolean {
  return [...otherReading(body)].some(
    ([name, values]) =>
      name === secret || (name !== "oauth_token_secret" && values.includes(secret)),
  );
}

/** The platform's reading of a form or of JSON. */
function otherReading(body: string): Map<string, string[]> {
  const text = body.replace(/^\ufeff/, "").trim();
  const pairs: [string, string][] = text.startsWith("{")
    ? Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)])
    : [
        ...new URLSearchParams(
          /&amp;/.test(text) && !/&(?!amp;)/.test(text) ? text.replaceAll("&amp;", "&") : text,
        ),
      ];
  const found = new Map<string, string[]>();
  for (const [name, value] of pairs) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}
