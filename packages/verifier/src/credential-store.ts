import type { RsaVerifyingClient } from "@oauth1/signature-methods";

/** A value, or the promise of one. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Where a verifier looks up who called. */
export interface CredentialStore<Caller = unknown> {
  /**
   * One look-up a request, before the signature is checked: anybody can ask for anything.
   *
   * @param client - The client identifier, decoded.
   * @param token - The token identifier, decoded; `undefined` where the request carries none.
   * @throws Whatever it likes where it is down: the verifier answers 503 and accepts nothing.
   */
  find(client: string, token: string | undefined): Awaitable<FoundCredentials<Caller>>;
}

/** What a store knows of the credentials that a request names. */
export interface FoundCredentials<Caller = unknown> {
  /** `undefined`: never heard of it. */
  readonly client: KnownClient | undefined;
  /** `undefined`: unknown, or not this client's. */
  readonly token?: KnownToken | undefined;
  /**
   * Handed to the handler once the request is verified: account, privileges, whatever the store
   * knows.
   */
  readonly caller?: Caller;
}

/** Client credentials as the server knows them (RFC 5849 §1.1). */
export interface KnownClient {
  /** The identifier, decoded. */
  readonly identifier: string;
  /** The shared-secrets in force, most recent first, decoded: two while a rotation overlaps. */
  readonly sharedSecrets?: readonly string[] | undefined;
  /** For RSA: PEM text, a JSON Web Key, a `CryptoKey` or a `KeyObject`. */
  readonly publicKey?: RsaVerifyingClient["publicKey"] | undefined;
  /** `enabled` where left out; `refused` for now (throttled, say), `rejected` for good. */
  readonly status?: "enabled" | "refused" | "rejected" | undefined;
}

/** Token credentials as the server knows them (RFC 5849 §1.1). */
export interface KnownToken {
  /** The identifier, decoded. */
  readonly identifier: string;
  /** The shared-secrets in force, most recent first, decoded. */
  readonly sharedSecrets: readonly string[];
  /** `enabled` where left out. */
  readonly status?: "enabled" | "used" | "expired" | "revoked" | "rejected" | undefined;
}
