import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Permission, Role } from "@/contracts/people/role";
import { accountId, moment } from "./columns";

export const users = pgTable(
  "users",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    email: text("email").notNull(),
    /** A short name to sign in with beside the address; not everybody has one. */
    username: text("username"),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    passwordHash: text("password_hash"),
    createdAt: moment("created_at").notNull(),
    disabledAt: moment("disabled_at"),
    lastLoginAt: moment("last_login_at"),
    /** Wrong passwords in a row; too many lock the account until `lockedUntil`. */
    failedLogins: integer("failed_logins").notNull().default(0),
    lockedUntil: moment("locked_until"),
  },
  (table) => [
    uniqueIndex("users_by_email").on(sql`lower(${table.email})`),
    uniqueIndex("users_by_username").on(sql`lower(${table.username})`),
    index("users_by_account").on(table.accountId, table.createdAt),
  ],
);

/** `id` is the SHA-256 of the cookie's token: a stolen database opens no session. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    createdAt: moment("created_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    /** How the person proved who they are. */
    cameBy: text("came_by")
      .$type<"password" | "second-factor" | "passkey" | "sso" | "recovery-code" | "setup" | "invitation">()
      .notNull()
      .default("password"),
    /** When a second factor was shown last; the most dangerous acts demand a fresh one. */
    stepUpAt: moment("step_up_at"),
    /** End of the identity provider's token: the session ends with it. */
    endsBy: moment("ends_by"),
  },
  (table) => [index("sessions_by_user").on(table.userId)],
);

export const apiTokens = pgTable(
  "api_tokens",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    createdBy: text("created_by").references(() => users.id),
    name: text("name").notNull(),
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    role: text("role").$type<Role>().notNull(),
    createdAt: moment("created_at").notNull(),
    lastUsedAt: moment("last_used_at"),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    /** null: everything that the role may do. */
    scopes: text("scopes").array().$type<Permission[]>(),
  },
  (table) => [index("api_tokens_by_account").on(table.accountId, table.createdAt)],
);

/** Answers already given to an `Idempotency-Key`; a repeat gets the same answer and does nothing. Kept for a day. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    accountId: accountId(),
    actorId: text("actor_id").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    answer: jsonb("answer"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.actorId, table.key] })],
);
