/**
 * The server's side of the three steps of RFC 5849 §2.
 *
 * @module
 */

export { type ClientStore, isCallback, type ProviderClient } from "./client.js";
export { createProvider, type Grant, type Provider } from "./create-provider.js";
export type { ProviderPaths, RequestFacts } from "./endpoint.js";
export type { Consent } from "./pages/consent-page.js";
export type { ProviderOptions } from "./provider-options.js";
export { ProviderSetupError, type ProviderSetupErrorCode } from "./provider-setup-error.js";
export type {
  Decision,
  IssuedToken,
  ProviderStore,
  TemporaryCredentials,
  TokenCredentials,
} from "./provider-store.js";
export type { ResourceOwner } from "./resource-owner.js";
