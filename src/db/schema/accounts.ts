import { bigint, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { moment } from "./moment";

/** Tenants. One until tenancy arrives; everything is scoped by it already. */
export const accounts = pgTable("accounts", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  createdAt: moment("created_at").notNull(),
});

/** Settings of an account, and of the installation under the account `acc_system`. */
export const settings = pgTable(
  "settings",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    key: text("key").notNull(),
    value: jsonb("value").notNull(),
    changedAt: moment("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.key] })],
);

/** Who runs a loop that must run once. `epoch` fences: work of an older holder is refused. */
export const leases = pgTable("leases", {
  name: text("name").primaryKey(),
  holder: text("holder").notNull(),
  epoch: bigint("epoch", { mode: "number" }).notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true, mode: "date" }).notNull(),
  renewedAt: timestamp("renewed_at", { withTimezone: true, mode: "date" }).notNull(),
});

/** How far a reader of the fact log has come; moved in the transaction that does the reader's work. */
export const cursors = pgTable("cursors", {
  name: text("name").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
});
