/**
 * Administration of an installation: accounts, users and their one-time links, applications, the
 * audit log, and the keys that encrypt secrets.
 *
 * @module
 */

export {
  addEncryptionKey,
  dropOldKeys,
  keyFileOf,
  keyRingFromFile,
  keyRingFromText,
} from "@oauth1/storage";
export type {
  Application,
  ApplicationChange,
  ApplicationList,
  ApplicationTokens,
  ApplicationWithCredentials,
  NewApplication,
  OwnTokens,
} from "./applications/application-schema.js";
export { editApplication, setApplicationEnabled } from "./applications/edit-application.js";
export { generateApplicationSecret } from "./applications/generate-secret.js";
export { listApplications, readApplication } from "./applications/read-applications.js";
export { registerApplication } from "./applications/register-application.js";
export type {
  AuditChoices,
  AuditFilter,
  AuditLogEntry,
  AuditPage,
  AuditQuery,
} from "./audit/audit-schema.js";
export { readAudit } from "./audit/read-audit.js";
export type { AuditAction } from "./audit/record.js";
export { reencryptSecrets } from "./encryption/re-encrypt.js";
export { createAccount, type FirstStart, firstStart } from "./sign-in/first-start.js";
export { createOneTimeLink, type OneTimeLink } from "./sign-in/one-time-link.js";
export {
  AGENT_ROLES,
  MEMBER_ROLES,
  managesKeys,
  managesUsers,
  ROLES,
  type Role,
  readsActivity,
} from "./sign-in/roles.js";
export { endSessions, type OpenSession } from "./sign-in/session-list.js";
export type { Member, NewUser, User, UserChange } from "./sign-in/user-schema.js";
export { createUser, editUser, findUserByName, listUsers } from "./sign-in/users.js";
