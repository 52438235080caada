import type { CollectedParameter, EncodedParameter } from "@oauth1/base-string";
import { baseStringUri, normalizeParameters } from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { collectParameters, sortParameters } from "@oauth1/base-string/steps";
import { percentEncode } from "@oauth1/percent-encoding";
import { loadSignatureMethod } from "@oauth1/signature-methods/registry";
import { createSigner, type SignedRequest, type Transmission } from "@oauth1/signer";
import { fieldValue, type RequestText } from "../request/read-request.js";

/** The input of a signature. */
export interface PlaygroundInput {
  readonly request: RequestText;
  readonly clientIdentifier: string;
  readonly clientSharedSecret: string;
  /** PEM, for RSA methods. */
  readonly privateKey: string;
  /** Empty for no token credentials. */
  readonly tokenIdentifier: string;
  readonly tokenSharedSecret: string;
  readonly signatureMethod: string;
  readonly transmission: Transmission;
  /** Empty for none. */
  readonly realm: string;
  /** Seconds since 1970, decimal. */
  readonly timestamp: string;
  readonly nonce: string;
  /** True to send `oauth_version`. */
  readonly hasVersion: boolean;
  /** Additional protocol parameters, such as `oauth_callback` and `oauth_verifier`. */
  readonly further: readonly (readonly [name: string, value: string])[];
}

/** The steps of RFC 5849 §3.4 with their results. */
export interface SignatureSteps {
  readonly collected: readonly CollectedParameter[];
  readonly sorted: readonly CollectedParameter[];
  readonly normalized: string;
  readonly baseStringUri: string;
  /** Method, base string URI and normalized parameters, each encoded. */
  readonly elements: readonly string[];
  readonly baseString: string;
  /** The key as text, with the secrets; `undefined` for RSA methods. */
  readonly key: string | undefined;
  readonly signature: string;
  readonly signed: SignedRequest<string | undefined>;
}

/**
 * Signs a request and returns the result of each step.
 *
 * @throws the errors of the signer and of the packages below it.
 */
export async function explainSignature(input: PlaygroundInput): Promise<SignatureSteps> {
  const { request, clientSharedSecret, tokenIdentifier, tokenSharedSecret } = input;
  const signatureMethod = await loadSignatureMethod(input.signatureMethod);
  const signer = createSigner({
    client: {
      identifier: input.clientIdentifier,
      sharedSecret: clientSharedSecret,
      privateKey: input.privateKey,
      minimumModulusLength: 1024,
    },
    token:
      tokenIdentifier === ""
        ? null
        : { identifier: tokenIdentifier, sharedSecret: tokenSharedSecret },
    signatureMethod,
    transmission: input.transmission,
    realm: input.realm === "" ? null : input.realm,
    version: input.hasVersion ? "1.0" : null,
    // A number would change "007", so that the signed timestamp would differ from the field.
    clock: () => (/^(?:0|[1-9]\d*)$/.test(input.timestamp) ? Number(input.timestamp) : Number.NaN),
    nonce: () => input.nonce,
    // This page does not send the request.
    allowInsecureTransport: true,
  });
  const { url, body } = request;
  const signed = await signer.sign<string | undefined>(
    {
      method: request.method,
      url,
      headers: request.headers,
      ...(body === "" ? {} : { body }),
    },
    { protocolParameters: input.further },
  );
  const protocol = signed.protocolParameters.filter(([name]) => name !== "oauth_signature");
  const isForm = isFormContentType(fieldValue(request, "content-type"));
  const collected = collectParameters({ url, body: isForm ? body : null }, protocol);
  const sorted = sortParameters(collected);
  return {
    collected,
    sorted,
    normalized: normalizeParameters(sorted),
    baseStringUri: baseStringUri(url),
    elements: signed.baseString.split("&"),
    baseString: signed.baseString,
    key:
      signatureMethod.keyType === "rsa"
        ? undefined
        : `${percentEncode(clientSharedSecret)}&${percentEncode(tokenIdentifier === "" ? "" : tokenSharedSecret)}`,
    signature: signed.signature,
    signed,
  };
}

/** Returns a parameter as it appears in the normalized string. */
export function encodedPair({ encodedName, encodedValue }: EncodedParameter): string {
  return `${encodedName}=${encodedValue}`;
}
