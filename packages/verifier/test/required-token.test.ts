import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { createVerifier, type VerifierOptions } from "../src/index.js";
import { memoryNonceStore } from "../src/nonces/memory.js";

const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };
const nonces = memoryNonceStore();

/** What a verifier of the route says to a signed request. */
async function answer(route: VerifierOptions["token"], signer: ReturnType<typeof createSigner>) {
  const verifier = createVerifier({
    credentials: {
      find: () => ({
        client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
        token: { identifier: token.identifier, sharedSecrets: [token.sharedSecret] },
      }),
    },
    nonces,
    signatureMethods: [hmacSha1],
    token: route,
    problemReporting: "full",
  });
  const signed = await signer.sign({ method: "GET", url: "https://photos.example.net/photos" });
  const result = await verifier.verify(signed);
  return result.verified
    ? result.token?.identifier
    : `${result.status} ${new URLSearchParams(result.body)}`;
}

describe("a route that", () => {
  const alone = createSigner({ client });
  const withToken = createSigner({ client, token });

  it("requires a token rejects a request without one", async () => {
    expect(await answer("required", withToken)).toBe(token.identifier);
    expect(await answer("required", alone)).toMatch(
      /^400 oauth_problem=parameter_absent&oauth_parameters_absent=oauth_token&/,
    );
  });

  it("takes no token rejects a request with one", async () => {
    expect(await answer("none", alone)).toBeUndefined();
    expect(await answer("none", withToken)).toMatch(
      /^400 oauth_problem=parameter_rejected&oauth_parameters_rejected=oauth_token%3D/,
    );
  });

  it("does not say accepts both", async () => {
    expect(await answer(undefined, alone)).toBeUndefined();
    expect(await answer("optional", withToken)).toBe(token.identifier);
  });
});
