// Requests signed by Python's oauthlib are accepted, in each transmission and with each
// shared-secret method, but not after one character is changed.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import type { ReceivedRequest } from "@oauth1/verifier";
import { describe, expect, it } from "vitest";
import { client, testVerifier, token } from "./verifying-server.js";

const PYTHON = "/usr/bin/python3";
const hasOauthlib = spawnSync(PYTHON, ["-c", "import oauthlib"]).status === 0;
if (!hasOauthlib) {
  const missing = `${PYTHON} has no oauthlib: the tests with requests signed by it are skipped`;
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

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
    const script = fileURLToPath(new URL("sign_with_oauthlib.py", import.meta.url));
    const { stdout, stderr, status } = spawnSync(PYTHON, [script], {
      input: JSON.stringify(requests),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const signed: ReceivedRequest[] = JSON.parse(stdout);
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
