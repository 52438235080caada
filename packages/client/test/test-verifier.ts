// The verifier for tests of what clients send.
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier, type Verifier, type VerifierOptions } from "@oauth1/verifier";

/** The RFC's own client (RFC 5849 §1.2). */
export const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };

/**
 * Returns a verifier that knows that client and remembers every nonce, independent of its clock.
 */
export function testVerifier(options: Partial<VerifierOptions> = {}): Verifier {
  const used = new Set<string>();
  return createVerifier({
    credentials: {
      find: () => ({
        client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
      }),
    },
    nonces: {
      spend: ({ timestamp, nonce }) =>
        used.size < used.add(`${timestamp} ${nonce}`).size ? "fresh" : "used",
    },
    signatureMethods: [hmacSha1],
    ...options,
  });
}
