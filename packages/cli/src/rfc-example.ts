import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { type SigningOutcome, signWith } from "./request-options.js";

/** The request of RFC 5849 §3.1, signed with the credentials printed there. */
export function rfcExample(): Promise<SigningOutcome> {
  return signWith(
    {
      method: "POST",
      url: "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "c2&a3=2+q",
    },
    {
      client: { identifier: "9djdj82h48djs9d2", sharedSecret: "j49sk3j29djd" },
      token: { identifier: "kkk9d7dh3k39sjv7", sharedSecret: "dh893hdasih9" },
    },
    hmacSha1.name,
    {
      realm: "Example",
      version: null,
      clock: () => 137131201,
      nonce: () => "7d8f3e4a",
    },
  );
}

export const RFC_EXAMPLE_NOTE: string =
  "RFC 5849 prints the signature bYT5CMsGcbgUdFHObYMEfcx6bsw=, which is computed for another method (GET). " +
  "Its base string and secrets give r6/TJjbCOr97/+UU0NsvSne7s5g= (erratum 2550).";
