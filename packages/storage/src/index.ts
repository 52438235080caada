/**
 * What packages with tables of their own share: opening a database, updating its tables, and
 * encrypting secrets at rest.
 *
 * @module
 */

export type { DatabaseClient } from "./database-client.js";
export {
  addEncryptionKey,
  dropOldKeys,
  type KeyRing,
  keyFileOf,
  keyRingFromFile,
  keyRingFromText,
} from "./key-ring.js";
export type { Database, Migrations } from "./open-database.js";
export { openStorage, type Storage, type StorageOptions, storageRules } from "./open-storage.js";
export { openSecret, type SealedSecret, type SecretPlace, sealSecret } from "./sealed-secret.js";
export { StorageError, type StorageErrorCode } from "./storage-error.js";
export { transactionClient } from "./transaction-client.js";
