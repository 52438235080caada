// Requests signed by Python's oauthlib are accepted, in each transmission and with each
// shared-secret method, but not after one character is changed.
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { describe, expect, it } from "vitest";
import { hasOauthlib, signWithOauthlib } from "./sign-with-oauthlib.js";
import { client, testVerifier, token } from "./verifying-server.js";

const signatureMethods = [hmacSha1, hmacSha256, hmacSha512, plaintext];
const urls = [
  "https://photos.example.net/photos?file=vacation.jpg&size=original",
  "https://photos.example.net:8443/%7Ea//b;v=1?a=%E2%98%83&a=b+c&a=&%20=%2B",
  "https://PHOTOS.example.net:443",
];
const requests = signatureMethods.flatMap(({ name }) =>
  urls.flatMap((url) =>
    (["AUTH_HEADER", "QUERY", "BODY"] as const).map((signatureType) => ({
      method: signatureType === "BODY" ? "POST" : "GET",
      url,
      body: signatureType === "BODY" ? "title=Ladies+%2B+Gentlemen&b=%E2%98%83" : null,
      client,
      token,
      signatureMethod: name,
      signatureType,
    })),
  ),
);

describe.skipIf(!hasOauthlib)("requests signed by oauthlib", () => {
  it(`are accepted, and changed ones are not (${requests.length} requests)`, async () => {
    const signed = signWithOauthlib(requests);
    expect(signed).toHaveLength(requests.length);
    const verifier = testVerifier({ signatureMethods });
    for (const [index, request] of signed.entries()) {
      const { signatureMethod } = requests[index] ?? {};
      const added = {
        ...request,
        url: `${request.url}${request.url.includes("?") ? "&" : "?"}x=1`,
      };
      if (signatureMethod !== "PLAINTEXT") {
        expect(await verifier.verify(added)).toMatchObject({ problem: "signature_invalid" });
      }
      expect(await verifier.verify(request), JSON.stringify(request)).toMatchObject({
        verified: true,
        signatureMethod,
        client: { identifier: client.identifier },
        token: { identifier: token.identifier },
      });
      expect(await verifier.verify(request)).toMatchObject({ problem: "nonce_used" });
    }
  });
});
