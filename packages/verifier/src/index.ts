/**
 * Verifies HTTP requests: RFC 5849 §3.2.
 *
 * @module
 */

export type {
  Awaitable,
  CredentialStore,
  FoundCredentials,
  KnownClient,
  KnownToken,
} from "./credential-store.js";
export type { NonceStore, SpendableNonce, SpendResult } from "./nonce-store.js";
