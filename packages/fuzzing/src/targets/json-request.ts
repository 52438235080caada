import { CapturedRequestError, readJsonRequest } from "@oauth1/captured-request";
import { attempt, type FuzzTarget, hold } from "../target.js";
import { checkCaptured } from "./captured.js";

/** A request as JSON or as a literal of JavaScript, compared with `JSON.parse`. */
export const target: FuzzTarget = {
  name: "json-request",
  modules: /captured-request\/dist\/(?:literal\/|request-url|header-field|source-text)/,
  seeds: [
    '{"method": "GET", "url": "/a", "headers": {"Host": "example.com"}}',
    '{"method":"POST","url":"https://e/","headers":[["a","b"]],"body":"YQ==","bodyEncoding":"base64"}',
    "{method: 'PUT', url: `https://e/`, headers: {a: ['b', 'c']}, body: null,}",
    '{"method":"POST","url":"https://e/","headers":{"Content-Type":"application/json"},"body":{"a":[1,true,null]}}',
  ],
  tokens: [
    '"method":',
    '"url":',
    '"headers":',
    '"body":',
    "[[",
    "]]",
    "{}",
    "'",
    "`",
    "\\u{1F600}",
    "\\x41",
    "//\n",
    "/* */",
    "null",
    "undefined",
    ",",
    "-0.1e+9",
    "__proto__",
  ],
  check(input) {
    checkCaptured(input, readJsonRequest);
    // What is JSON is read by the members' rules, and never rejected for its syntax.
    const parsed = attempt(() => readJsonRequest(input), CapturedRequestError);
    if ("error" in parsed && parsed.error.code === "ERR_CAPTURED_LITERAL" && isJsonObject(input)) {
      hold(
        /twice|depth|deep|nest/.test(parsed.error.message),
        "JSON is read",
        parsed.error.message,
      );
    }
  },
};

function isJsonObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
