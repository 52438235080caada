import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import type { Parameter, Transmission } from "@oauth1/base-string";
import type { SharedSecret } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hashBody } from "./body-hash.js";
import { randomNonce } from "./nonce.js";
import { type PreparedRequest, prepareRequest } from "./prepare-request.js";
import {
  addFurtherParameters,
  nonceText,
  type ProtocolParameter,
  protocolParameter,
  rejectCollisions,
  timestampText,
} from "./protocol-parameters.js";
import { prepareUrlReader } from "./read-url.js";
import { type Credentials, redacted } from "./redact-credentials.js";
import { rememberLast } from "./remember-last.js";
import type { SendableBody, SignableRequest, SignedRequest } from "./request.js";
import { requireSignerOptions, SIGN_OPTIONS, SIGNER_OPTIONS } from "./require-options.js";
import { SignerError } from "./signer-error.js";
import type { SigningMethod } from "./signing-method.js";
import { transmit } from "./transmission.js";

/** The options of a signer: the credentials, and how to sign. */
export interface SignerOptions<
  Signature extends string | Promise<string> = string,
  SigningClient = SharedSecret,
> {
  /** The client credentials, decoded: a shared-secret, or the key of the signature method. */
  readonly client: { readonly identifier: string } & SigningClient;
  /** The token credentials (or temporary credentials), decoded. Omit it if there are none. */
  readonly token?: Credentials | null | undefined;
  /** The signature method. Default: HMAC-SHA1. */
  readonly signatureMethod?: SigningMethod<Signature, SigningClient> | undefined;
  /** The realm, decoded. Only the `header` transmission sends it, and it is never signed. */
  readonly realm?: string | null | undefined;
  /** Where the protocol parameters go (RFC 5849 §3.5). Default: `"header"`. */
  readonly transmission?: Transmission | undefined;
  /** `oauth_version`. Default: `"1.0"`. `null` omits the parameter. */
  readonly version?: "1.0" | null | undefined;
  /**
   * If true, requests have `oauth_body_hash`, for bodies that are text or bytes and not a form
   * (Request Body Hash extension). Default: `false`.
   */
  readonly bodyHash?: boolean | undefined;
  /**
   * If true, PLAINTEXT, which reveals the secrets, can go over `http`. RFC 5849 §3.4.4 forbids this
   * without another kind of protection. Default: `false`.
   */
  readonly allowInsecureTransport?: boolean | undefined;
  /** The time in whole seconds since 1970 (RFC 5849 §3.3). Default: the system's clock. */
  readonly clock?: (() => number) | undefined;
  /** A fresh nonce for each call (RFC 5849 §3.3). Default: 128 random bits. */
  readonly nonce?: (() => string) | undefined;
}

/** The options of one request. */
export interface SignOptions {
  /**
   * Additional protocol parameters, decoded: `oauth_callback` (RFC 5849 §2.1), `oauth_verifier`
   * (§2.3), or those of an extension. The names begin with `oauth_`.
   */
  readonly protocolParameters?: readonly Parameter[] | undefined;
  /** If set, overrides the signer's `bodyHash` option for this request. */
  readonly bodyHash?: boolean | undefined;
  /** Whole seconds to add to the clock's time, if the server's clock is known to differ. */
  readonly timestampOffset?: number | undefined;
}

/** Signs requests with one set of credentials. It can be logged: the secrets are redacted. */
export interface Signer<Signature extends string | Promise<string> = string> {
  readonly client: { readonly identifier: string };
  readonly token: Credentials | undefined;
  /** The value of `oauth_signature_method`. */
  readonly signatureMethod: string;
  readonly realm: string | undefined;
  readonly transmission: Transmission;
  /** True if requests have `oauth_body_hash`, unless the options of a request override it. */
  readonly bodyHash: boolean;
  /**
   * Signs a request: fresh nonce and timestamp, base string, signature, transmission. Returns the
   * signed request if the signature method is synchronous, and a promise if it is asynchronous.
   *
   * @throws {@link SignerError} if the request cannot be signed.
   * @throws BaseStringError if the method or the URL is malformed.
   * @throws PercentEncodingError if the query or the form contains a broken escape.
   */
  sign<Body = undefined>(
    this: void,
    request: SignableRequest<Body>,
    options?: SignOptions,
  ): Signature extends string ? SignedRequest<Body> : Promise<SignedRequest<Body>>;
}

/**
 * Prepares a signer: checks, encodes and keys once what does not change between requests.
 *
 * @param options - Credentials and signature method; the rest has the defaults of RFC 5849.
 * @throws {@link SignerError} if an option is wrong.
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
export function createSigner(options: SignerOptions): Signer;
export function createSigner<Signature extends string | Promise<string>, SigningClient>(
  options: SignerOptions<Signature, SigningClient> & {
    readonly signatureMethod: SigningMethod<Signature, SigningClient>;
  },
): Signer<Signature>;
export function createSigner(options: SignerOptions<string | Promise<string>>): Signer {
  requireSignerOptions(options, SIGNER_OPTIONS);
  const client = redacted(options.client, "client");
  const token = options.token ? redacted(options.token, "token") : undefined;
  const {
    version = "1.0",
    transmission = "header",
    clock = systemClock,
    nonce = randomNonce,
    signatureMethod = hmacSha1,
    bodyHash = false,
  } = options;
  const realm = options.realm ?? undefined;
  const signBaseString = signatureMethod.prepareToSign(client, token);

  const consumerKey = protocolParameter("oauth_consumer_key", client.identifier);
  const method = protocolParameter("oauth_signature_method", signatureMethod.name);
  const tokenAndVersion: ProtocolParameter[] = [];
  if (token) tokenAndVersion.push(protocolParameter("oauth_token", token.identifier));
  if (version !== null) tokenAndVersion.push(protocolParameter("oauth_version", version));
  const readUrl = prepareUrlReader();
  const timestamp = rememberLast((seconds: number) =>
    protocolParameter("oauth_timestamp", timestampText(seconds)),
  );
  // Only a header can carry the realm.
  const headerStart =
    realm === undefined ? "OAuth " : `${serializeAuthorizationHeader({ realm })}, `;

  /** All except the signature, in the order of §3.4.1.3.2, so that little is left to sort. */
  function protocolParametersOf(
    bodyHash: string | undefined,
    { protocolParameters: further = [], timestampOffset = 0 }: SignOptions,
  ) {
    const parameters = [
      consumerKey,
      protocolParameter("oauth_nonce", nonceText(nonce())),
      method,
      timestamp(clock() + timestampOffset),
      ...tokenAndVersion,
    ];
    if (bodyHash !== undefined) parameters.push(protocolParameter("oauth_body_hash", bodyHash));
    addFurtherParameters(parameters, further);
    return parameters;
  }

  function signPrepared<Body>(
    request: PreparedRequest,
    bodyHash: string | undefined,
    signOptions: SignOptions,
  ): SignedRequest<Body> | Promise<SignedRequest<Body>> {
    const protocolParameters = protocolParametersOf(bodyHash, signOptions);
    const { parameters } = request;
    rejectCollisions(parameters, protocolParameters);
    const buildBaseString = request.signedUrl.baseStringOf(request.method);
    const baseString = buildBaseString(
      parameters.length === 0 ? protocolParameters : [...protocolParameters, ...parameters],
    );
    const signature = signBaseString(baseString);
    return typeof signature === "string"
      ? transmitSigned(request, protocolParameters, baseString, signature)
      : signature.then((known) => transmitSigned(request, protocolParameters, baseString, known));
  }

  function transmitSigned<Body>(
    request: PreparedRequest,
    protocolParameters: ProtocolParameter[],
    baseString: string,
    signature: string,
  ): SignedRequest<Body> {
    protocolParameters.push(protocolParameter("oauth_signature", signature));
    transmit[transmission](request, protocolParameters, headerStart);
    return {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: request.body as SendableBody<Body>,
      protocolParameters: protocolParameters.map(({ decoded }) => decoded),
      baseString,
      signature,
    };
  }

  function sign<Body>(request: SignableRequest<Body>, signOptions: SignOptions = NO_OPTIONS) {
    if (signOptions !== NO_OPTIONS) requireSignerOptions(signOptions, SIGN_OPTIONS);
    const prepared = prepareRequest(request, readUrl);
    if (signatureMethod.revealsSecrets && !options.allowInsecureTransport) requireHttps(prepared);
    if (!(signOptions.bodyHash ?? bodyHash)) return signPrepared(prepared, undefined, signOptions);
    const hash = hashBody(
      signatureMethod,
      request.body,
      prepared.form !== undefined || transmission === "form-body",
    );
    return typeof hash === "string"
      ? signPrepared(prepared, hash, signOptions)
      : hash.then((known) => signPrepared(prepared, known, signOptions));
  }

  return {
    client,
    token,
    signatureMethod: signatureMethod.name,
    realm,
    transmission,
    bodyHash,
    sign: sign as Signer["sign"],
  };
}

const NO_OPTIONS: SignOptions = {};

function requireHttps({ signedUrl }: PreparedRequest): void {
  if (!signedUrl.uri.baseStringUri.startsWith("https:")) {
    throw new SignerError(
      "ERR_INSECURE_TRANSPORT",
      "url",
      "must be https, because the signature reveals the secrets",
    );
  }
}

function systemClock(): number {
  return Math.floor(Date.now() / 1000);
}
