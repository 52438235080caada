import { type InspectorInput, NO_INPUT } from "./inspector-input.js";

/**
 * The request of RFC 5849 §3.1 with the signature that the section prints, and the secrets that it
 * was computed with. Its signature is wrong: it was computed for GET (erratum 2550).
 */
export const EXAMPLE: InspectorInput = {
  ...NO_INPUT,
  text: `POST /request?b5=%3D%253D&a3=a&c%40=&a2=r%20b HTTP/1.1
Host: example.com
Content-Type: application/x-www-form-urlencoded
Authorization: OAuth realm="Example",
  oauth_consumer_key="9djdj82h48djs9d2",
  oauth_token="kkk9d7dh3k39sjv7",
  oauth_signature_method="HMAC-SHA1",
  oauth_timestamp="137131201",
  oauth_nonce="7d8f3e4a",
  oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"

c2&a3=2+q
`,
  clientSharedSecret: "j49sk3j29djd",
  tokenSharedSecret: "dh893hdasih9",
};
