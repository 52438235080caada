import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ROLES } from "../sign-in/roles.js";

// The schema for both PGlite and PostgreSQL. Triggers, which it cannot express, are in
// migrations/0001_triggers.sql.

/** The part of a key that a secret belongs to: client credentials or token credentials. */
export const SECRET_PARTS = ["client", "token"] as const;

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** The columns of an encrypted shared-secret. */
const sealedSecret = () => ({
  /** The identifier of the encryption key that encrypted it. */
  encryptionKeyId: text("encryption_key_id").notNull(),
  sealed: text("sealed").notNull(),
  createdAt: moment("created_at").notNull(),
  /** Null until another secret replaces it. */
  expiresAt: moment("expires_at"),
});

/** The owners of API keys: sites, not persons. */
export const accounts = pgTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [check("accounts_id", sql`${table.id} ~ '^[0-9a-z]{1,32}$'`)],
);

/** People who sign in to the console, and the agents that a bot signs in as. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    username: text("username").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    /** argon2id, in the PHC string format. Null until a one-time link has been used. */
    passwordHash: text("password_hash"),
    enabled: boolean("enabled").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    // Unique within an account only, so that no account learns the user names of another.
    uniqueIndex("users_account_username").on(table.accountId, sql`lower(${table.username})`),
    check("users_role", sql.raw(`role in (${ROLES.map((role) => `'${role}'`).join(", ")})`)),
  ],
);

/**
 * Links to set a password. There is one row per user, so that a user never has two valid links.
 * Only hashes of the links are stored.
 */
export const oneTimeLinks = pgTable(
  "one_time_links",
  {
    tokenHash: char("token_hash", { length: 64 }).primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (table) => [uniqueIndex("one_time_links_one_a_user").on(table.userId)],
);

/**
 * The sessions of people in the console and of bots at the protected API. Only hashes of the tokens
 * are stored.
 */
export const sessions = pgTable(
  "sessions",
  {
    tokenHash: char("token_hash", { length: 64 }).primaryKey(),
    /** Names the session for its user. The token cannot be derived from it. */
    id: uuid("id").notNull().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    kind: text("kind", { enum: ["console", "bot"] }).notNull(),
    /** The key that a bot signed in with. */
    keyId: uuid("key_id").references(() => apiKeys.id),
    /** The hash of the bearer token that a bot can send instead of the cookie. */
    bearerHash: char("bearer_hash", { length: 64 }),
    /** The client's IP address at the sign-in. Null if it is unknown. */
    address: text("address"),
    /** The browser and system at the sign-in, such as `Firefox on Linux`. Null if unknown. */
    device: text("device"),
    createdAt: moment("created_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    index("sessions_user").on(table.userId),
    index("sessions_expiry").on(table.expiresAt),
    uniqueIndex("sessions_id").on(table.id),
    uniqueIndex("sessions_bearer").on(table.bearerHash),
  ],
);

/**
 * Consecutive wrong passwords, by a hash of the user name and the source of the attempt. Unknown
 * names are counted too, so that a lock-out does not reveal which names exist.
 */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    attemptHash: char("attempt_hash", { length: 64 }).primaryKey(),
    failures: integer("failures").notNull(),
    failedAt: moment("failed_at").notNull(),
    lockedUntil: moment("locked_until").notNull(),
  },
  (table) => [index("sign_in_failures_failed_at").on(table.failedAt)],
);

/**
 * The requests of each source in the current time window of a rate limit. The names and the order of
 * the columns are those of `rate-limiter-flexible`.
 */
export const rateLimits = pgTable(
  "rate_limits",
  {
    /** The name of the limit, and a hash of the source. */
    key: text("key").primaryKey(),
    points: integer("points").notNull(),
    /** The end of the window, in milliseconds since 1970. */
    expire: bigint("expire", { mode: "number" }).notNull(),
  },
  (table) => [index("rate_limits_expire").on(table.expire)],
);

/** API keys. Keys cannot be deleted: a trigger rejects it. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    applicationName: text("application_name").notNull(),
    developerName: text("developer_name").notNull(),
    description: text("description"),
    category: text("category").notNull(),
    enabled: boolean("enabled").notNull(),
    /** Null for a key that does not expire. */
    expiresAt: moment("expires_at"),
    /** IP addresses and ranges in canonical form. Empty: the key works from everywhere. */
    allowedAddresses: text("allowed_addresses").array().notNull().default([]),
    /** `oauth_consumer_key`: 32 lower-case hex digits. */
    clientIdentifier: char("client_identifier", { length: 32 }).notNull(),
    /** `oauth_token`: 32 lower-case hex digits. */
    tokenIdentifier: char("token_identifier", { length: 32 }).notNull(),
    /** The number of changes, to detect an edit of a stale copy. */
    version: integer("version").notNull(),
    createdAt: moment("created_at").notNull(),
    editedAt: moment("edited_at").notNull(),
  },
  (table) => [
    uniqueIndex("api_keys_client_identifier").on(table.clientIdentifier),
    uniqueIndex("api_keys_token_identifier").on(table.tokenIdentifier),
    index("api_keys_account").on(table.accountId),
    check(
      "api_keys_identifiers",
      sql`${table.clientIdentifier} ~ '^[0-9a-f]{32}$' and ${table.tokenIdentifier} ~ '^[0-9a-f]{32}$'`,
    ),
  ],
);

/** The permissions of keys. */
export const apiKeyPermissions = pgTable(
  "api_key_permissions",
  {
    keyId: uuid("key_id")
      .notNull()
      .references(() => apiKeys.id),
    permission: text("permission").notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.permission] })],
);

/**
 * The encrypted shared-secrets (see `encryption/sealed-secret.ts`). While rotations overlap, a part
 * has several.
 */
export const apiKeySecrets = pgTable(
  "api_key_secrets",
  {
    id: uuid("id").primaryKey(),
    keyId: uuid("key_id")
      .notNull()
      .references(() => apiKeys.id),
    part: text("part", { enum: SECRET_PARTS }).notNull(),
    ...sealedSecret(),
  },
  (table) => [
    index("api_key_secrets_key").on(table.keyId),
    index("api_key_secrets_encryption_key").on(table.encryptionKeyId),
    // Each part has one secret that does not expire.
    uniqueIndex("api_key_secrets_current")
      .on(table.keyId, table.part)
      .where(sql`${table.expiresAt} is null`),
  ],
);

/**
 * Applications that ask users for access to their accounts (RFC 5849 §2). What the users granted is
 * in the tables of `@oauth1/provider`. Applications cannot be deleted, like keys.
 */
export const applications = pgTable(
  "applications",
  {
    id: uuid("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    applicationName: text("application_name").notNull(),
    developerName: text("developer_name").notNull(),
    /** What it asks for, in sentences for people. */
    access: text("access").array().notNull(),
    /** Absolute URLs, and `oob`. */
    callbacks: text("callbacks").array().notNull(),
    signatureMethods: text("signature_methods").array().notNull(),
    enabled: boolean("enabled").notNull(),
    /** `oauth_consumer_key`: 32 lower-case hex digits. */
    clientIdentifier: char("client_identifier", { length: 32 }).notNull(),
    /** The number of changes, to detect an edit of a stale copy. */
    version: integer("version").notNull(),
    createdAt: moment("created_at").notNull(),
    editedAt: moment("edited_at").notNull(),
  },
  (table) => [
    uniqueIndex("applications_client_identifier").on(table.clientIdentifier),
    index("applications_account").on(table.accountId),
    check("applications_identifier", sql`${table.clientIdentifier} ~ '^[0-9a-f]{32}$'`),
  ],
);

/** The encrypted shared-secrets of applications. During an overlap, an application has two. */
export const applicationSecrets = pgTable(
  "application_secrets",
  {
    id: uuid("id").primaryKey(),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id),
    ...sealedSecret(),
  },
  (table) => [
    index("application_secrets_application").on(table.applicationId),
    index("application_secrets_encryption_key").on(table.encryptionKeyId),
    // Each application has one secret that does not expire.
    uniqueIndex("application_secrets_current")
      .on(table.applicationId)
      .where(sql`${table.expiresAt} is null`),
  ],
);

/** When a key last verified a request. Written in batches, at most once a minute by each process. */
export const apiKeyUsage = pgTable("api_key_usage", {
  keyId: uuid("key_id")
    .primaryKey()
    .references(() => apiKeys.id),
  lastUsedAt: moment("last_used_at").notNull(),
});

/** The number of verified and rejected calls of a key in one hour, of the last 24 hours. */
export const apiKeyHours = pgTable(
  "api_key_hours",
  {
    keyId: uuid("key_id")
      .notNull()
      .references(() => apiKeys.id),
    /** The start of the hour. */
    hour: moment("hour").notNull(),
    verified: integer("verified").notNull(),
    rejected: integer("rejected").notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.hour] })],
);

/** The last calls of a key, without secrets, signatures, values of the query and bodies. */
export const apiKeyCalls = pgTable(
  "api_key_calls",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    keyId: uuid("key_id")
      .notNull()
      .references(() => apiKeys.id),
    at: moment("at").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    /** The names of the query's parameters. */
    queryNames: text("query_names").array().notNull(),
    status: integer("status").notNull(),
    verified: boolean("verified").notNull(),
    problem: text("problem"),
    explanation: text("explanation"),
    /** Names of the mistakes that a diagnosis proved. */
    mistakes: text("mistakes").array().notNull(),
  },
  (table) => [index("api_key_calls_key").on(table.keyId, table.at)],
);

/**
 * Requests with an `Idempotency-Key`, for ten minutes. A row contains no secret: it names the rows of
 * the secrets that the first response showed.
 */
export const idempotentRequests = pgTable(
  "idempotent_requests",
  {
    /** A hash of the account, the user and the key, so that no other user gets the response. */
    keyHash: char("key_hash", { length: 64 }).primaryKey(),
    /** A hash of the operation and its input. */
    requestHash: char("request_hash", { length: 64 }).notNull(),
    /** The key or application as the first response showed it. Null until the transaction ends. */
    shown: jsonb("shown_key"),
    clientSecretId: uuid("client_secret_id"),
    tokenSecretId: uuid("token_secret_id"),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("idempotent_requests_expiry").on(table.expiresAt)],
);

/** Who changed what and when. Append-only: a trigger rejects updates and deletions. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    /** Null for the system itself and the command line. */
    actorId: uuid("actor_id").references(() => users.id),
    actorName: text("actor_name").notNull(),
    /** The IP address of the client. Null for the system itself and the command line. */
    address: text("address"),
    keyId: uuid("key_id").references(() => apiKeys.id),
    userId: uuid("user_id").references(() => users.id),
    applicationId: uuid("application_id").references(() => applications.id),
    action: text("action").notNull(),
    /** The changed values, before and after. Never a secret. */
    before: jsonb("before"),
    after: jsonb("after"),
    at: moment("at").notNull(),
  },
  (table) => [
    index("audit_log_key").on(table.keyId, table.id),
    index("audit_log_account").on(table.accountId, table.id),
    index("audit_log_actor").on(table.accountId, sql`lower(${table.actorName})`, table.id),
    index("audit_log_user").on(table.userId, table.id),
    index("audit_log_application").on(table.applicationId, table.id),
  ],
);
