import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { ChannelKind, ChannelTemplate } from "@/contracts/watch/channel";
import type { Notification, NotificationEvent } from "@/contracts/watch/notification";
import type { Severity } from "@/contracts/watch/rule";
import { alertGroups, alerts } from "./alerts";
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
  template: jsonb("template").$type<ChannelTemplate>(),
  perMinute: integer("per_minute"),
  /** The breaker, kept through restarts. */
  failuresInRow: integer("failures_in_row").notNull(),
  brokenUntil: moment("broken_until"),
  createdAt: moment("created_at").notNull(),
  deletedAt: moment("deleted_at"),
});

/** The outbox: written in the transaction that decides to tell, delivered by one leased loop. */
export const notifications = pgTable(
  "notifications",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    groupId: text("group_id").references(() => alertGroups.id),
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id),
    event: text("event").$type<NotificationEvent>().notNull(),
    title: text("title").notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    firingCount: integer("firing_count").notNull(),
    resolvedCount: integer("resolved_count").notNull(),
    /** A further state would have to be told to `stillPending`. */
    state: text("state").$type<Notification["state"]>().notNull(),
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
    // What a claim looks at: the oldest of each channel that waits, and whether one is on its way already.
    index("notifications_waiting")
      .on(table.channelId, table.createdAt, table.id)
      .where(sql`state = 'pending'`),
    index("notifications_claimed").on(table.channelId).where(sql`claimed_until is not null`),
    index("notifications_by_channel").on(table.channelId, table.createdAt),
    // With the channel, since each claim asks of each message what its channel was told of its group: without statistics, as
    // in the first outage of a new installation, an index of the group alone was no better to the planner than the channel's.
    index("notifications_by_group").on(table.groupId, table.createdAt, table.id, table.channelId),
    index("notifications_by_account").on(table.accountId, table.createdAt, table.id),
  ],
);

/**
 * Which alerts a message tells of, and as what: the log of what was told. The index is the promise: a channel hears
 * the beginning of an episode once and its end once, whatever restarts, fails over or is sent again.
 */
export const notificationAlerts = pgTable(
  "notification_alerts",
  {
    notificationId: text("notification_id")
      .notNull()
      .references(() => notifications.id),
    alertId: text("alert_id")
      .notNull()
      .references(() => alerts.id),
    channelId: text("channel_id").notNull(),
    as: text("as").$type<"firing" | "resolved" | "still">().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.notificationId, table.alertId] }),
    uniqueIndex("notification_alerts_once")
      .on(table.alertId, table.channelId, table.as)
      .where(sql`"as" <> 'still'`),
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

/** Messages in the console's own inbox: what an `inbox` channel delivers. One a notification, whoever delivers it. */
export const inboxMessages = pgTable(
  "inbox_messages",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: accountId(),
    notificationId: text("notification_id").notNull().unique(),
    /** Lowest role that sees it. */
    role: text("role").$type<"viewer" | "operator" | "admin">().notNull(),
    at: moment("at").notNull(),
    event: text("event").$type<NotificationEvent>().notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    link: text("link").notNull(),
  },
  (table) => [index("inbox_messages_by_account").on(table.accountId, table.id)],
);

/** How far a person has read. */
export const inboxReads = pgTable("inbox_reads", {
  userId: text("user_id").primaryKey(),
  accountId: accountId(),
  through: bigint("through", { mode: "number" }).notNull(),
});
