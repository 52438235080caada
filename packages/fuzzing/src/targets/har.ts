import { readHarEntry } from "@oauth1/captured-request";
import type { FuzzTarget } from "../target.js";
import { checkCaptured } from "./captured.js";

/** A HAR entry (HTTP Archive 1.2). */
export const target: FuzzTarget = {
  name: "har",
  modules: /captured-request\/dist\/(?:literal\/|request-url|header-field)/,
  seeds: [
    '{"request": {"method": "GET", "url": "https://example.com/?a=b", "headers": []}}',
    '{"log":{"entries":[{"request":{"method":"POST","url":"https://example.com/","headers":[{"name":"a","value":"b"}],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"c=d"}}}]}}',
    '{"method":"POST","url":"https://example.com/","headers":[],"postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a","value":"b"}]},"httpVersion":"HTTP/1.1"}',
    '{"request":{"method":"POST","url":"https://e/","headers":[],"postData":{"mimeType":"multipart/form-data","params":[{"name":"a","fileName":"b"}],"encoding":"base64","text":"YQ=="}}}',
  ],
  tokens: [
    '"request":',
    '"log":',
    '"entries":[',
    '"postData":{',
    '"params":[',
    '"text":',
    '"mimeType":',
    '"encoding":"base64"',
    '{"name":"a","value":"b"}',
    "null",
    "[]",
    "{}",
    ",",
    "\\u0000",
    "\\ud800",
    "1e9",
  ],
  check: (input) => checkCaptured(input, readHarEntry),
};
