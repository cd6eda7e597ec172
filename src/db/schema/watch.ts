import { sql } from "drizzle-orm";
import { bigserial, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { AgentStatus } from "@/contracts/fleet/status";
import type { AlertState } from "@/contracts/watch/alert";
import type { ChannelKind } from "@/contracts/watch/channel";
import type { RuleScope, Severity } from "@/contracts/watch/rule";
import { accountId, moment } from "./columns";

export const channels = pgTable("channels", {
  id: text("id").primaryKey(),
  accountId: accountId(),
  kind: text("kind").$type<ChannelKind>().notNull(),
  name: text("name").notNull(),
  /** Sealed with the installation's secret: a webhook's address is a credential. */
  sealedConfig: text("sealed_config").notNull(),
  /** Recognisable remainder of the address, safe to show. */
  target: text("target").notNull(),
  enabled: boolean("enabled").notNull(),
  createdAt: moment("created_at").notNull(),
  deletedAt: moment("deleted_at"),
});

export const rules = pgTable("rules", {
  id: text("id").primaryKey(),
  accountId: accountId(),
  name: text("name").notNull(),
  kind: text("kind").$type<"offline">().notNull(),
  scope: jsonb("scope").$type<RuleScope>().notNull(),
  severity: text("severity").$type<Severity>().notNull(),
  enabled: boolean("enabled").notNull(),
  channelIds: text("channel_ids").array().notNull(),
  createdAt: moment("created_at").notNull(),
  deletedAt: moment("deleted_at"),
});

export const alerts = pgTable(
  "alerts",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    ruleId: text("rule_id")
      .notNull()
      .references(() => rules.id),
    ruleName: text("rule_name").notNull(),
    kind: text("kind").$type<"offline">().notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    state: text("state").$type<AlertState>().notNull(),
    agentId: text("agent_id").notNull(),
    agentName: text("agent_name").notNull(),
    group: text("group_name"),
    host: text("host"),
    status: text("status").$type<AgentStatus>().notNull(),
    since: moment("since").notNull(),
    firedAt: moment("fired_at").notNull(),
    resolvedAt: moment("resolved_at"),
    resolution: text("resolution"),
    lastKnown: text("last_known"),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: moment("acknowledged_at"),
  },
  (table) => [
    // One episode at a time: the database refuses a second firing alert of one rule for one agent.
    uniqueIndex("alerts_one_firing").on(table.ruleId, table.agentId).where(sql`state = 'firing'`),
    index("alerts_by_account").on(table.accountId, table.firedAt, table.id),
  ],
);

/** The outbox: written in the transaction that fires or resolves, delivered by one leased loop. */
export const notifications = pgTable(
  "notifications",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    alertId: text("alert_id")
      .notNull()
      .references(() => alerts.id),
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id),
    event: text("event").$type<"firing" | "resolved">().notNull(),
    state: text("state").$type<"pending" | "delivered" | "dead">().notNull(),
    attempts: integer("attempts").notNull(),
    nextAttemptAt: moment("next_attempt_at"),
    /** A deliverer that died leaves its claim; after this moment another may take it. */
    claimedUntil: moment("claimed_until"),
    claimedBy: text("claimed_by"),
    lastStatus: integer("last_status"),
    lastAnswer: text("last_answer"),
    createdAt: moment("created_at").notNull(),
    deliveredAt: moment("delivered_at"),
  },
  (table) => [
    uniqueIndex("notifications_once").on(table.alertId, table.channelId, table.event),
    index("notifications_due").on(table.nextAttemptAt).where(sql`state = 'pending'`),
    index("notifications_by_channel").on(table.channelId, table.createdAt),
    index("notifications_by_account").on(table.accountId, table.createdAt, table.id),
  ],
);

/** What each try met. */
export const notificationAttempts = pgTable(
  "notification_attempts",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    notificationId: text("notification_id")
      .notNull()
      .references(() => notifications.id),
    at: moment("at").notNull(),
    tookMs: integer("took_ms").notNull(),
    status: integer("status").notNull(),
    answer: text("answer").notNull(),
  },
  (table) => [index("notification_attempts_by_notification").on(table.notificationId)],
);
