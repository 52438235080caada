/**
 * An account's OAuth 1.0 API keys: the store, their permissions, and the HTTP API.
 *
 * @module
 */

export { type Database, type KeyRing, StorageError, type StorageErrorCode } from "@oauth1/storage";
export { ApiKeysError, type ApiKeysErrorCode, type InputFault } from "./api-keys-error.js";
export { type Actor, FIRST_START, SYSTEM } from "./audit/actor.js";
export {
  type Catalogue,
  type Category,
  type Permission,
  readCatalogue,
} from "./catalogue/catalogue.js";
export {
  type ApiKeysServerOptions,
  checkServerOptions,
  createApiKeysServer,
} from "./http/server.js";
export { type Installation, type InstallationOptions, openInstallation } from "./installation.js";
export { isAllowedAddress } from "./keys/allowed-addresses.js";
export { createKey, MAXIMUM_KEYS } from "./keys/create-key.js";
export { editKey } from "./keys/edit-key.js";
export { endOldSecrets } from "./keys/end-old-secrets.js";
export type { Idempotency } from "./keys/idempotency.js";
export type {
  ApiKey,
  KeyChange,
  KeyCredentials,
  KeyList,
  KeyQuery,
  KeyWithCredentials,
  NewKey,
  Rotation,
} from "./keys/key-schema.js";
export { listKeys, readKey } from "./keys/read-keys.js";
export { MAXIMUM_OLD_SECRETS, rotateSecrets } from "./keys/rotate-secrets.js";
export { setEnabled } from "./keys/set-enabled.js";
export { readCalls, readUsage } from "./usage/read-usage.js";
export type { KeyCall, KeyCalls, KeyUsage } from "./usage/usage-schema.js";
export { type KeyCaller, keyCredentialStore } from "./verification/credential-store.js";
export { mayCall, requirePermission } from "./verification/require-permission.js";
