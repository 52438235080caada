import type { RsaVerifyingClient } from "@oauth1/signature-methods";

/** A value, or a promise of one. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Finds the credentials that a request names. */
export interface CredentialStore<Caller = unknown> {
  /**
   * Called once per request, before the signature is checked, so anyone can request any identifier.
   *
   * @param client - The client identifier, decoded.
   * @param token - The token identifier, decoded; `undefined` if the request has none.
   * @throws Any error if the store is unavailable. The verifier then responds 503 and accepts
   * nothing.
   */
  find(client: string, token: string | undefined): Awaitable<FoundCredentials<Caller>>;
}

/** The credentials that a store has found. */
export interface FoundCredentials<Caller = unknown> {
  /** `undefined` if unknown. */
  readonly client: KnownClient | undefined;
  /** `undefined` if unknown, or not issued to this client. */
  readonly token?: KnownToken | undefined;
  /** Passed to the handler after the request is verified, for example an account or permissions. */
  readonly caller?: Caller;
}

/** Client credentials as the server knows them (RFC 5849 §1.1). */
export interface KnownClient {
  /** The identifier, decoded. */
  readonly identifier: string;
  /** The current shared-secrets, most recent first, decoded. Two during a rotation. */
  readonly sharedSecrets?: readonly string[] | undefined;
  /**
   * The names of the signature methods that this client may use. Default: all that the verifier
   * accepts.
   */
  readonly signatureMethods?: readonly string[] | undefined;
  /** For RSA: PEM text, a JSON Web Key, a `CryptoKey` or a `KeyObject`. */
  readonly publicKey?: RsaVerifyingClient["publicKey"] | undefined;
  /**
   * Default: `enabled`. `refused` is temporary (for example throttled), `rejected` is permanent.
   */
  readonly status?: "enabled" | "refused" | "rejected" | undefined;
}

/** Token credentials as the server knows them (RFC 5849 §1.1). */
export interface KnownToken {
  /** The identifier, decoded. */
  readonly identifier: string;
  /** The current shared-secrets, most recent first, decoded. */
  readonly sharedSecrets: readonly string[];
  /** Default: `enabled`. */
  readonly status?: "enabled" | "used" | "expired" | "revoked" | "rejected" | undefined;
}
