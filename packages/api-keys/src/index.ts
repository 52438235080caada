/**
 * An account's OAuth 1.0 API keys: a database, an HTTP API, a credential store.
 *
 * @module
 */

export { ApiKeysError, type ApiKeysErrorCode, type InputFault } from "./api-keys-error.js";
export { type AuditPage, type AuditQuery, readAudit } from "./audit/read-audit.js";
export { type Actor, SYSTEM } from "./audit/record.js";
export {
  type Catalogue,
  type Category,
  type Permission,
  readCatalogue,
} from "./catalogue/catalogue.js";
export type { Database } from "./database/open-database.js";
export {
  addEncryptionKey,
  dropOldKeys,
  type KeyRing,
  keyRingFromFile,
  keyRingFromText,
} from "./encryption/key-ring.js";
export { reencryptSecrets } from "./encryption/re-encrypt.js";
export { type ApiKeysServerOptions, createApiKeysServer } from "./http/server.js";
export {
  type Installation,
  type InstallationOptions,
  keyFileOf,
  openInstallation,
} from "./installation.js";
export { createKey, MAXIMUM_KEYS } from "./keys/create-key.js";
export { editKey } from "./keys/edit-key.js";
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
export { rotateSecrets } from "./keys/rotate-secrets.js";
export { setEnabled } from "./keys/set-enabled.js";
export { createAccount, type FirstStart, firstStart } from "./sign-in/first-start.js";
export { createOneTimeLink, type OneTimeLink } from "./sign-in/one-time-link.js";
export { managesKeys, managesUsers, ROLES, type Role } from "./sign-in/roles.js";
export type { NewUser, User, UserChange } from "./sign-in/user-schema.js";
export { createUser, editUser, findUserByName, listUsers } from "./sign-in/users.js";
export { type KeyCaller, keyCredentialStore } from "./verification/credential-store.js";
export { mayCall, requirePermission } from "./verification/require-permission.js";
