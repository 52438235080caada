import {
  baseStringUri,
  collectParameters,
  concatenateElements,
  normalizeParameters,
  type Parameter,
  requestParameters,
} from "@oauth1/base-string";
import type { SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { type Credentials, redacted } from "./credentials.js";
import { FORM_CONTENT_TYPE, formBody } from "./form-body.js";
import { HeaderFields } from "./header-fields.js";
import { randomNonce } from "./nonce.js";
import {
  furtherParameters,
  nonceText,
  protocolParameter,
  refuseCollisions,
  timestampText,
} from "./protocol-parameters.js";
import type { SendableBody, SignableRequest, SignedRequest } from "./request.js";
import { SignerError } from "./signer-error.js";
import { type Transmission, transmit } from "./transmission.js";

/** Who signs, and how. */
export interface SignerOptions<Signature extends string | Promise<string> = string> {
  /** The client credentials, decoded. */
  readonly client: Credentials;
  /** The token credentials (or temporary credentials), decoded. Left out where there are none. */
  readonly token?: Credentials | null | undefined;
  /** The signature method. HMAC-SHA1 where left out. */
  readonly signatureMethod?: SignatureMethod<Signature> | undefined;
  /** The realm, decoded. Only the `header` transmission has a place for it; it is never signed. */
  readonly realm?: string | null | undefined;
  /** Where the protocol parameters go (RFC 5849 §3.5). `"header"` where left out. */
  readonly transmission?: Transmission | undefined;
  /** `oauth_version`: `"1.0"` where left out, `null` to omit the parameter. */
  readonly version?: "1.0" | null | undefined;
  /** The time in whole seconds since 1970 (RFC 5849 §3.3). The system's clock where left out. */
  readonly clock?: (() => number) | undefined;
  /** A fresh nonce for each call (RFC 5849 §3.3). 128 random bits where left out. */
  readonly nonce?: (() => string) | undefined;
}

/** What belongs to one request only. */
export interface SignOptions {
  /**
   * Further protocol parameters, decoded: `oauth_callback` (RFC 5849 §2.1), `oauth_verifier`
   * (§2.3), or one of an extension. The names begin with `oauth_`.
   */
  readonly protocolParameters?: readonly Parameter[] | undefined;
}

/** Signs requests with one set of credentials. It can be logged: the secrets are redacted. */
export interface Signer<Signature extends string | Promise<string> = string> {
  readonly client: Credentials;
  readonly token: Credentials | undefined;
  /** The value of `oauth_signature_method`. */
  readonly signatureMethod: string;
  readonly realm: string | undefined;
  readonly transmission: Transmission;
  /**
   * Signs a request: fresh nonce and timestamp, base string, signature, transmission. The value of
   * a synchronous signature method is the signed request, that of an asynchronous one a promise.
   *
   * @throws {@link SignerError} where the request cannot be signed.
   * @throws BaseStringError where method or URL is malformed.
   * @throws PercentEncodingError where query or form hold a broken escape.
   */
  sign<Body = undefined>(
    this: void,
    request: SignableRequest<Body>,
    options?: SignOptions,
  ): Signature extends string ? SignedRequest<Body> : Promise<SignedRequest<Body>>;
}

/**
 * Prepares a signer: what does not change from request to request is checked, encoded and keyed
 * once.
 *
 * @param options - Credentials and signature method; the rest has the defaults of RFC 5849.
 * @throws {@link SignerError} where an option is wrong.
 * @see RFC 5849 §3.1
 *
 * @example
 * ```ts
 * const signer = createSigner({
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *   token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
 *   clock: () => 1191242096,
 *   nonce: () => "kllo9940pd9333jh",
 * });
 * const signed = signer.sign({
 *   method: "GET",
 *   url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
 * });
 * signed.signature; // "tR3+Ty81lMeYAr/Fid0kMTYa/WM="
 * ```
 */
export function createSigner<Signature extends string | Promise<string> = string>(
  options: SignerOptions<Signature>,
): Signer<Signature> {
  const client = redacted(options.client, "client");
  const token = options.token ? redacted(options.token, "token") : undefined;
  const {
    version = "1.0",
    transmission = "header",
    clock = systemClock,
    nonce = randomNonce,
  } = options;
  if (!Object.hasOwn(transmit, transmission)) {
    throw new SignerError("ERR_TRANSMISSION", "transmission", "not header, form-body or query");
  }
  if (version !== null && version !== "1.0") {
    throw new SignerError("ERR_VERSION", "version", 'neither "1.0" nor null');
  }
  const realm = options.realm ?? undefined;
  // Where Signature is not that of HMAC-SHA1, the type wants the option.
  const method = (options.signatureMethod ?? hmacSha1) as SignatureMethod<Signature>;
  const prepared = method.prepare({
    clientSharedSecret: client.sharedSecret,
    tokenSharedSecret: token?.sharedSecret,
  });

  const constant = [protocolParameter("oauth_consumer_key", client.identifier)];
  if (token) constant.push(protocolParameter("oauth_token", token.identifier));
  constant.push(protocolParameter("oauth_signature_method", method.name));
  if (version !== null) constant.push(protocolParameter("oauth_version", version));

  function sign<Body>(
    request: SignableRequest<Body>,
    { protocolParameters = [] }: SignOptions = {},
  ) {
    const url = typeof request.url === "string" ? request.url : request.url.href;
    const headers = new HeaderFields(request.headers);
    const form = formBody(request.body, headers.get("Content-Type"));
    const own = [
      ...constant,
      protocolParameter("oauth_timestamp", timestampText(clock())),
      protocolParameter("oauth_nonce", nonceText(nonce())),
    ];
    const parameters = [...own, ...furtherParameters(protocolParameters, own)];
    const requestsOwn = requestParameters({ url, body: form });
    refuseCollisions(requestsOwn, parameters);
    const baseString = concatenateElements(
      request.method,
      baseStringUri(url),
      normalizeParameters(collectParameters(requestsOwn, parameters)),
    );

    const transmitSigned = (signature: string): SignedRequest<Body> => {
      const signedParameters = [...parameters, protocolParameter("oauth_signature", signature)];
      const transmitted = { url, headers, body: form ?? request.body ?? null, form };
      if (form !== undefined && headers.get("Content-Type") === undefined) {
        headers.set("Content-Type", FORM_CONTENT_TYPE);
      }
      transmit[transmission](transmitted, signedParameters, realm);
      return {
        method: request.method,
        url: transmitted.url,
        headers: headers.toRecord(),
        body: transmitted.body as SendableBody<Body>,
        protocolParameters: signedParameters.map(({ decoded }) => decoded),
        baseString,
        signature,
      };
    };
    const signature = prepared.sign(baseString);
    return typeof signature === "string"
      ? transmitSigned(signature)
      : signature.then(transmitSigned);
  }

  return {
    client,
    token,
    signatureMethod: method.name,
    realm,
    transmission,
    sign: sign as Signer<Signature>["sign"],
  };
}

function systemClock(): number {
  return Math.floor(Date.now() / 1000);
}
