import type { SignInput, SignOutput } from "@oauth1/properties";
import { createSigner, type Transmission } from "@oauth1/signer";
import { loadNamed, signingClient } from "./signature-method.js";

/** Signs a request of the protocol (RFC 5849 §3.1). */
export async function sign(input: SignInput): Promise<SignOutput> {
  if (input.form !== null && input.body !== null) {
    throw new RangeError("form and body: a request has one of them");
  }
  const signed = await (await signerOf(input)).sign(
    {
      method: input.method,
      url: input.url,
      body: input.form ?? (input.body === null ? undefined : Buffer.from(input.body, "base64")),
    },
    {
      protocolParameters: [
        ...(input.callback === null ? [] : [["oauth_callback", input.callback] as const]),
        ...(input.verifier === null ? [] : [["oauth_verifier", input.verifier] as const]),
      ],
    },
  );
  const { headers, url, body, baseString, signature } = signed;
  const authorization = headers["Authorization"];
  return {
    ...(authorization === undefined ? {} : { authorization }),
    ...(input.transmission === "query" ? { url } : {}),
    ...(input.transmission === "form-body" ? { body: String(body) } : {}),
    baseString,
    signature,
  };
}

async function signerOf(input: SignInput) {
  const signatureMethod = await loadNamed(input.signatureMethod);
  const { identifier } = input.client;
  return createSigner({
    client: { identifier, ...signingClient(signatureMethod, input.client) },
    token: input.token,
    signatureMethod,
    realm: input.realm,
    // The signer rejects other transmissions and other versions.
    transmission: input.transmission as Transmission,
    version: input.version as "1.0" | null,
    clock: () => timestamp(input.timestamp),
    nonce: () => input.nonce,
    // Nothing is sent, and the caller already has the secrets that a signature would reveal.
    allowInsecureTransport: true,
  });
}

/**
 * The number of a timestamp (RFC 5849 §3.3), if it has the form in which the signer will write
 * it.
 */
function timestamp(text: string): number {
  const number = Number(text);
  if (String(number) !== text) throw new RangeError("timestamp: must be a positive integer");
  return number;
}
