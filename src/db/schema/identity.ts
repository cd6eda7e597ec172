import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Permission, Role } from "@/contracts/people/role";
import { accountId, moment } from "./columns";
import { agents } from "./fleet";
import { sessions, users } from "./people";

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** The TOTP secret of a user, sealed. `lastStep` is the newest time step that was used: no code works twice. */
export const totpFactors = pgTable("totp_factors", {
  userId: userId().primaryKey(),
  accountId: accountId(),
  sealedSecret: text("sealed_secret").notNull(),
  createdAt: moment("created_at").notNull(),
  /** null: shown to the user, who has not yet proved with a code that the app has it. */
  confirmedAt: moment("confirmed_at"),
  lastStep: integer("last_step").notNull().default(0),
});

export const passkeys = pgTable(
  "passkeys",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    userId: userId(),
    /** base64url, as the authenticator names it. */
    credentialId: text("credential_id").notNull().unique(),
    /** COSE key, base64url. */
    publicKey: text("public_key").notNull(),
    counter: integer("counter").notNull(),
    transports: text("transports").array().notNull(),
    backedUp: boolean("backed_up").notNull(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull(),
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [index("passkeys_by_user").on(table.userId)],
);

/** Ten a set, hashed with argon2id; using one voids the set, which is then deleted. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    userId: userId(),
    hash: text("hash").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [index("recovery_codes_by_user").on(table.userId)],
);

/**
 * Something begun that a person has to finish within minutes: a sign-in that waits for its second factor, the
 * challenge of a passkey, a setup session. Found by the hash of a token that only that browser holds; used once.
 */
export const challenges = pgTable(
  "challenges",
  {
    hash: text("hash").primaryKey(),
    accountId: accountId(),
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind")
      .$type<
        "second-factor" | "passkey-login" | "passkey-registration" | "setup" | "sso-state" | "sso-link"
      >()
      .notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("challenges_by_expiry").on(table.expiresAt)],
);

/** Links sent by mail that set a new password. `hash` of the token in the link; used once. */
export const passwordResets = pgTable(
  "password_resets",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    userId: userId(),
    hash: text("hash").notNull().unique(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (table) => [index("password_resets_by_user").on(table.userId)],
);

export const invitations = pgTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    hash: text("hash").notNull().unique(),
    invitedBy: jsonb("invited_by").$type<{ kind: string; id: string; name: string }>().notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    acceptedBy: text("accepted_by"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("invitations_by_account").on(table.accountId, table.createdAt)],
);

/** Who a user is at an identity provider. One person may come by several issuers. */
export const identities = pgTable(
  "identities",
  {
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    accountId: accountId(),
    userId: userId(),
    email: text("email"),
    linkedAt: moment("linked_at").notNull(),
    lastSeenAt: moment("last_seen_at"),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    index("identities_by_user").on(table.userId),
  ],
);

/**
 * Sessions that came by single sign-on with a refresh token, sealed: as long as the identity provider honours it, the
 * session's `endsBy` is moved on.
 */
export const ssoSessions = pgTable("sso_sessions", {
  sessionId: text("session_id")
    .primaryKey()
    .references(() => sessions.id, { onDelete: "cascade" }),
  accountId: accountId(),
  userId: userId(),
  issuer: text("issuer").notNull(),
  subject: text("subject").notNull(),
  sealedRefreshToken: text("sealed_refresh_token").notNull(),
  renewedAt: moment("renewed_at").notNull(),
});

/** Machines that come with OAuth2 client credentials. */
export const oauthClients = pgTable(
  "oauth_clients",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    name: text("name").notNull(),
    secretHash: text("secret_hash").notNull(),
    secretPrefix: text("secret_prefix").notNull(),
    role: text("role").$type<Role>().notNull(),
    scopes: text("scopes").array().$type<Permission[]>().notNull(),
    createdBy: jsonb("created_by").$type<{ kind: string; id: string; name: string }>().notNull(),
    createdAt: moment("created_at").notNull(),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
    rotatedAt: moment("rotated_at"),
    /** The secret before the last rotation, while it is good too; no end: until the new one is used. */
    previousSecretHash: text("previous_secret_hash"),
    previousSecretPrefix: text("previous_secret_prefix"),
    previousEndsAt: moment("previous_ends_at"),
  },
  (table) => [index("oauth_clients_by_account").on(table.accountId, table.createdAt)],
);

/** OAuth2 device flow: `mc login` waits while a person types the code in the console. */
export const deviceGrants = pgTable(
  "device_grants",
  {
    deviceHash: text("device_hash").primaryKey(),
    accountId: accountId(),
    userCode: text("user_code").notNull().unique(),
    clientName: text("client_name").notNull(),
    state: text("state").$type<"pending" | "approved" | "denied">().notNull(),
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    lastPolledAt: moment("last_polled_at"),
    /** From where it was asked for; the person who approves sees it. */
    ip: text("ip"),
    /** Least time between two questions; grows with each one that comes too soon. */
    intervalMs: integer("interval_ms").notNull().default(5_000),
    /** What was asked for; empty: everything that the person may do. */
    scopes: text("scopes").array().notNull().default([]),
  },
  (table) => [index("device_grants_by_expiry").on(table.expiresAt)],
);

/** Rotating refresh tokens. A used one that comes again gives its whole family away, which is then revoked. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    hash: text("hash").primaryKey(),
    accountId: accountId(),
    family: text("family").notNull(),
    userId: userId(),
    clientName: text("client_name").notNull(),
    scopes: text("scopes").array().notNull(),
    createdAt: moment("created_at").notNull(),
    /** When the person let the program in; the same for the whole family. */
    signedInAt: moment("signed_in_at").notNull(),
    /** From where this token was asked for. */
    ip: text("ip"),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [
    index("refresh_tokens_by_family").on(table.family),
    index("refresh_tokens_by_user").on(table.userId),
  ],
);

/** Keys that sign access tokens. The newest signs; older ones stay in the JWKS until their tokens have run out. */
export const signingKeys = pgTable("signing_keys", {
  id: text("id").primaryKey(),
  publicJwk: jsonb("public_jwk").$type<Record<string, unknown>>().notNull(),
  sealedPrivateKey: text("sealed_private_key").notNull(),
  createdAt: moment("created_at").notNull(),
  retiredAt: moment("retired_at"),
});

/** Our own certificate authority for agents; made once, its key sealed. */
export const certificateAuthorities = pgTable("certificate_authorities", {
  id: text("id").primaryKey(),
  certificatePem: text("certificate_pem").notNull(),
  sealedKey: text("sealed_key").notNull(),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
});

/** Client certificates of agents, by serial number in hex. */
export const agentCertificates = pgTable(
  "agent_certificates",
  {
    serial: text("serial").primaryKey(),
    accountId: accountId(),
    agentId: text("agent_id")
      .notNull()
      .references(() => agents.id),
    fingerprint: text("fingerprint").notNull(),
    issuedBy: jsonb("issued_by").$type<{ kind: string; id: string; name: string }>().notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    lastUsedAt: moment("last_used_at"),
    lastUsedFrom: text("last_used_from"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [
    uniqueIndex("agent_certificates_by_fingerprint").on(table.fingerprint),
    index("agent_certificates_by_agent").on(table.agentId),
  ],
);
