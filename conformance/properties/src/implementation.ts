import type { Parameter } from "@oauth1/auth-header";

export type { Parameter };

/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>;

/** Identifier and shared-secret, decoded. */
export interface Credentials {
  readonly identifier: string;
  readonly sharedSecret: string;
}

/** Client credentials, with a private key for RSA. */
export interface ClientCredentials extends Credentials {
  /** PEM. */
  readonly privateKey?: string | undefined;
}

/** A request as it was received, for the collection of its parameters. */
export interface CollectionRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly contentType: string | null;
  /** The entity-body as text, as it was sent. */
  readonly body: string | null;
}

/** The input of the signature base string. */
export interface BaseStringInput {
  readonly method: string;
  readonly url: string;
  /** The protocol parameters, decoded. */
  readonly parameters: readonly Parameter[];
  /** The form, decoded. */
  readonly form: readonly Parameter[] | null;
}

/** The input of a signature. */
export interface SignatureInput {
  readonly baseString: string;
  readonly clientSharedSecret: string;
  /** Empty without a token. */
  readonly tokenSharedSecret: string;
  readonly signatureMethod: string;
  /** PEM, for RSA. */
  readonly privateKey?: string | undefined;
}

/** The key with which RSA verifies: one of the two, in PEM. */
export interface VerificationKey {
  readonly publicKey?: string | undefined;
  readonly certificate?: string | undefined;
}

/** A signature to check, in base64. */
export interface VerificationInput extends Omit<SignatureInput, "privateKey">, VerificationKey {
  readonly signature: string;
}

/** An entity-body to hash (OAuth Request Body Hash extension). */
export interface BodyHashInput {
  readonly body: Uint8Array;
  /** `SHA-1`, `SHA-256` or `SHA-512`. */
  readonly hash: string;
}

/** The contents of an `Authorization` or `WWW-Authenticate` header. */
export interface HeaderContents {
  readonly realm: string | null;
  readonly parameters: readonly Parameter[];
}

/** A request to sign, and all input of its signature. */
export interface SignInput {
  readonly method: string;
  readonly url: string;
  /** The form, decoded. */
  readonly form: readonly Parameter[] | null;
  /** A body that is not a form, in base64. */
  readonly body: string | null;
  readonly client: ClientCredentials;
  readonly token: Credentials | null;
  readonly signatureMethod: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly version: string | null;
  readonly realm: string | null;
  readonly callback: string | null;
  readonly verifier: string | null;
  readonly transmission: string;
}

/** A signed request: the part with the protocol parameters, its URL, and the computed values. */
export interface SignOutput {
  /** The value of the header field. */
  readonly authorization?: string;
  /** The URL that is sent. Optional if it does not carry the protocol parameters. */
  readonly url?: string;
  /** The form body, as text. */
  readonly body?: string;
  readonly baseString?: string;
  /** Base64, not percent-encoded. */
  readonly signature?: string;
}

/** A request as it was received, and the secrets or the key to verify it with. */
export interface ReceivedRequest extends VerificationKey {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Parameter[];
  /** The entity-body, base64. */
  readonly body: string | null;
  readonly clientSharedSecret: string;
  readonly tokenSharedSecret: string;
  /** The accepted signature methods. Default: all known ones. */
  readonly signatureMethods?: readonly string[] | undefined;
}

/** The result of verifying a received request. */
export interface VerifyOutput {
  readonly valid: boolean;
  /** A code of the OAuth Problem Reporting extension. */
  readonly problem?: string;
}

/** A request as it was received, the secrets or the key, and the client's claim about it. */
export interface DiagnoseInput extends Omit<ReceivedRequest, "certificate" | "signatureMethods"> {
  /** The base string that the client claims to have signed. */
  readonly baseString?: string | undefined;
}

/** The causes of an invalid signature, best first. Empty if no known mistake explains it. */
export type DiagnoseOutput =
  | { readonly valid: true }
  | { readonly valid: false; readonly causes: readonly ProvenCause[] };

/** Mistakes that produce the received signature. Base string and key prove them. */
export interface ProvenCause {
  /** Names of mistakes, such as `SpaceAsPlus`. */
  readonly mistakes: readonly string[];
  /** The section of the first mistake: `§3.6`. */
  readonly section: string;
  /** What the client signed. */
  readonly baseString: string;
  /** The key with which it signed. Absent for RSA, which uses a private key. */
  readonly key?: string | undefined;
}

/**
 * An implementation under test. It has the methods that it supports. Each returns its result or
 * a promise of it. Throwing means that the input is rejected. Throwing {@link Unsupported}
 * means that the implementation does not support the request.
 */
export interface Implementation {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  /** The supported values of `oauth_signature_method`. */
  readonly signatureMethods?: readonly string[];
  /** The supported transmissions of RFC 5849 §3.5: `header`, `form-body`, `query`. */
  readonly transmissions?: readonly string[];
  /** `sign` generates the nonce itself, and is tested with the one that it sent. */
  readonly ownNonce?: boolean;
  /** `sign` generates the timestamp itself, and is tested with the one that it sent. */
  readonly ownTimestamp?: boolean;
  /** `sign` always sends `oauth_version`, or never, and is tested with what it sent. */
  readonly ownVersion?: boolean;
  /** Compare headers as text. By default their parsed contents are compared. */
  readonly exactHeaders?: boolean;
  /** The only class of error that parsing a header may throw, if that can be tested. */
  readonly headerError?: abstract new (
    ...args: never[]
  ) => Error;

  /** RFC 5849 §3.6. */
  percentEncode?(input: string | Uint8Array): Awaitable<string>;
  /** RFC 5849 §3.6, to text. */
  percentDecode?(encoded: string): Awaitable<string>;
  /** RFC 5849 §3.6, to octets. */
  percentDecodeOctets?(encoded: string): Awaitable<Uint8Array>;
  /** RFC 5849 §3.6, from any spelling to the canonical one. */
  normalizePercentEncoding?(encoded: string, plus: "space" | "literal"): Awaitable<string>;
  /** RFC 5849 §3.4.1.2. */
  baseStringUri?(url: string): Awaitable<string>;
  /** RFC 5849 §3.4.1.3.1, decoded, in any order. */
  collectParameters?(request: CollectionRequest): Awaitable<readonly Parameter[]>;
  /** RFC 5849 §3.4.1.3.2. */
  normalizeParameters?(parameters: readonly Parameter[]): Awaitable<string>;
  /** RFC 5849 §3.4.1.1. */
  signatureBaseString?(input: BaseStringInput): Awaitable<string>;
  /** RFC 5849 §3.4, in base64. */
  signature?(input: SignatureInput): Awaitable<string>;
  /** RFC 5849 §3.2. */
  verifySignature?(input: VerificationInput): Awaitable<boolean>;
  /** OAuth Request Body Hash extension, in base64. */
  bodyHash?(input: BodyHashInput): Awaitable<string>;
  /** RFC 5849 §3.5.1. */
  serializeAuthorizationHeader?(contents: HeaderContents): Awaitable<string>;
  /** RFC 5849 §3.5.1. With `unquoted`, values without quotes are accepted too. */
  parseAuthorizationHeader?(input: {
    readonly header: string;
    readonly unquoted: boolean;
  }): Awaitable<HeaderContents>;
  /** RFC 5849 §3.5.1, the value of `WWW-Authenticate`. */
  serializeChallenge?(contents: HeaderContents): Awaitable<string>;
  /** RFC 5849 §3.5.1, the first `OAuth` challenge. */
  parseChallenge?(input: { readonly header: string }): Awaitable<HeaderContents>;
  /** RFC 5849 §3.1. */
  sign?(input: SignInput): Awaitable<SignOutput>;
  /**
   * RFC 5849 §3.2, without the freshness of timestamp and nonce, which requires a server's
   * memory.
   */
  verify?(request: ReceivedRequest): Awaitable<VerifyOutput>;
  /**
   * RFC 5849 §3.2, without the freshness of timestamp and nonce: the mistakes of its signer
   * that explain a request.
   */
  diagnose?(request: DiagnoseInput): Awaitable<DiagnoseOutput>;
  /** Ends the processes and servers that the implementation has started. */
  close?(): Awaitable<void>;
}

/** The methods of an implementation that answer questions. */
export type Step = Exclude<
  keyof Implementation,
  | "name"
  | "version"
  | "language"
  | "signatureMethods"
  | "transmissions"
  | "ownNonce"
  | "ownTimestamp"
  | "ownVersion"
  | "exactHeaders"
  | "headerError"
  | "close"
>;

/**
 * Thrown by an implementation that does not support the request. It does not count as a
 * failure.
 */
export class Unsupported extends Error {
  override readonly name = "Unsupported";
}
