import type { ReceivedRequest, VerifyOutput } from "@oauth1/properties";
import type { RsaVerifyingClient, SharedSecret } from "@oauth1/signature-methods";
import { findSignatureMethod, signatureMethodNames } from "@oauth1/signature-methods/registry";
import { createVerifier, type VerifyingMethod } from "@oauth1/verifier";
import { loadNamed, MINIMUM_MODULUS_LENGTH } from "./signature-method.js";

/**
 * Verifies a received request (RFC 5849 §3.2), except the freshness of timestamp and nonce. A
 * mistake of the client is a problem, named as in the OAuth Problem Reporting extension.
 */
export async function verify(request: ReceivedRequest): Promise<VerifyOutput> {
  const { method, url, headers, body, clientSharedSecret, tokenSharedSecret } = request;
  const publicKey = request.publicKey ?? request.certificate;
  const verifier = createVerifier({
    credentials: {
      find: (client, token) => ({
        client: { identifier: client, sharedSecrets: [clientSharedSecret], publicKey },
        token:
          token === undefined
            ? undefined
            : { identifier: token, sharedSecrets: [tokenSharedSecret] },
      }),
    },
    nonces: { spend: () => "fresh" },
    signatureMethods: await accepted(request.signatureMethods),
    // Any time and any length are accepted, because the vectors determine when a request was
    // signed.
    timestampTolerance: Number.MAX_SAFE_INTEGER,
    limits: ENDLESS,
    allowInsecureTransport: true,
  });
  const verification = await verifier.verify({
    method,
    url,
    headers,
    body: body === null ? null : Buffer.from(body, "base64"),
  });
  if (verification.verified) return { valid: true };
  // Keys that cannot be used are the caller's mistake, not the client's.
  if (verification.cause !== undefined) throw verification.cause;
  return { valid: false, problem: verification.problem };
}

const ENDLESS = {
  authorizationHeader: Number.MAX_SAFE_INTEGER,
  requestTarget: Number.MAX_SAFE_INTEGER,
  parameters: Number.MAX_SAFE_INTEGER,
  body: Number.MAX_SAFE_INTEGER,
  nonce: Number.MAX_SAFE_INTEGER,
};

/** The methods of these names, or all known ones without a list. */
async function accepted(
  names: readonly string[] = signatureMethodNames,
): Promise<readonly VerifyingMethod[]> {
  const listed = names.filter((name) => findSignatureMethod(name) !== undefined);
  // A verifier must accept at least one method. No request uses this one.
  if (listed.length === 0) return [{ ...(await loadNamed(DEFAULT)), name: names[0] ?? "" }];
  return Promise.all(
    listed.map(async (name) => {
      const method = await loadNamed(name);
      return {
        ...method,
        prepareToVerify: (client: SharedSecret & RsaVerifyingClient, token?: SharedSecret) =>
          method.prepareToVerify(
            { ...client, minimumModulusLength: MINIMUM_MODULUS_LENGTH },
            token,
          ),
      };
    }),
  );
}

const [DEFAULT = ""] = signatureMethodNames;
