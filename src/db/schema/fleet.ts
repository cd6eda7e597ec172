import { sql } from "drizzle-orm";
import {
  bigint,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Activity, AgentStatus } from "@/contracts/fleet/status";
import { accountId, loggedAccountId, moment } from "./columns";

export const groups = pgTable(
  "groups",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [uniqueIndex("groups_by_name").on(table.accountId, sql`lower(${table.name})`)],
);

/** What an agent is. What it does at the moment is in `agent_presence`, so that beats never rewrite this row. */
export const agents = pgTable(
  "agents",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    name: text("name").notNull(),
    groupId: text("group_id").references(() => groups.id),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    createdAt: moment("created_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (table) => [
    uniqueIndex("agents_by_name")
      .on(table.accountId, sql`lower(${table.name})`)
      .where(sql`removed_at is null`),
    index("agents_by_account").on(table.accountId, table.id),
  ],
);

/**
 * What an agent does: one row an agent, rewritten by batched beats (fillfactor 50 in the migration, so that
 * updates stay on their page and touch no index). `status` is set by verbs only, with a fact in the same
 * transaction; the beat columns are set by the presence flush only.
 */
export const agentPresence = pgTable("agent_presence", {
  agentId: text("agent_id")
    .primaryKey()
    .references(() => agents.id),
  accountId: accountId(),
  status: text("status").$type<AgentStatus>().notNull(),
  statusSince: moment("status_since").notNull(),
  /** What decided the status, in a sentence for people. */
  decidedBy: text("decided_by").notNull(),
  /** When a transitional status must have ended. */
  statusDeadlineAt: moment("status_deadline_at"),
  sessionId: text("session_id"),
  host: text("host"),
  pid: bigint("pid", { mode: "number" }),
  version: text("version"),
  commandLine: text("command_line"),
  keyPrefix: text("key_prefix"),
  connectedAt: moment("connected_at"),
  lastBeatAt: moment("last_beat_at"),
  activity: text("activity").$type<Activity>(),
  task: text("task"),
  progressAt: moment("progress_at"),
  cpuPercent: doublePrecision("cpu_percent"),
  memoryBytes: bigint("memory_bytes", { mode: "number" }),
  diskUsedBytes: bigint("disk_used_bytes", { mode: "number" }),
  diskTotalBytes: bigint("disk_total_bytes", { mode: "number" }),
  netRxBytes: bigint("net_rx_bytes", { mode: "number" }),
  netTxBytes: bigint("net_tx_bytes", { mode: "number" }),
});

export const agentKeys = pgTable(
  "agent_keys",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    agentId: text("agent_id")
      .notNull()
      .references(() => agents.id),
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    createdAt: moment("created_at").notNull(),
    lastUsedAt: moment("last_used_at"),
    /** Network address that it was last used from. */
    lastUsedFrom: text("last_used_from"),
    rotatedAt: moment("rotated_at"),
    /** The secret before the last rotation, as long as it is good too. */
    previousPrefix: text("previous_prefix"),
    previousHash: text("previous_hash").unique(),
    /** Null with a previous secret: until the new one is used. */
    previousEndsAt: moment("previous_ends_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("agent_keys_by_agent").on(table.agentId)],
);

export const joinTokens = pgTable("join_tokens", {
  id: text("id").primaryKey(),
  accountId: accountId(),
  prefix: text("prefix").notNull(),
  hash: text("hash").notNull().unique(),
  groupId: text("group_id").references(() => groups.id),
  usesLeft: integer("uses_left"),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  revokedAt: moment("revoked_at"),
});

/** What an agent reported for its timeline; the agent's own id makes a resend harmless. */
export const agentActivities = pgTable(
  "agent_activities",
  {
    agentId: text("agent_id")
      .notNull()
      .references(() => agents.id),
    id: text("id").notNull(),
    accountId: accountId(),
    /** The agent's own clock: shown, not ordered by. */
    at: moment("at").notNull(),
    receivedAt: moment("received_at").notNull(),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    detail: text("detail"),
  },
  (table) => [
    primaryKey({ columns: [table.agentId, table.id] }),
    index("agent_activities_by_time").on(table.agentId, table.receivedAt),
  ],
);

/** Mean and peak of a minute: the history behind charts and sparklines. */
export const metricMinutes = pgTable(
  "metric_minutes",
  {
    agentId: text("agent_id").notNull(),
    at: moment("at").notNull(),
    accountId: loggedAccountId(),
    cpuPercent: doublePrecision("cpu_percent"),
    cpuPeakPercent: doublePrecision("cpu_peak_percent"),
    memoryBytes: bigint("memory_bytes", { mode: "number" }),
    diskUsedBytes: bigint("disk_used_bytes", { mode: "number" }),
    diskTotalBytes: bigint("disk_total_bytes", { mode: "number" }),
    netRxBytes: bigint("net_rx_bytes", { mode: "number" }),
    netTxBytes: bigint("net_tx_bytes", { mode: "number" }),
    beats: integer("beats").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agentId, table.at] }),
    index("metric_minutes_by_time").on(table.accountId, table.at),
  ],
);

/** Means of whole minutes of the numbers that an agent reports under names of its own. */
export const metricNumbers = pgTable(
  "metric_numbers",
  {
    agentId: text("agent_id").notNull(),
    at: moment("at").notNull(),
    name: text("name").notNull(),
    accountId: loggedAccountId(),
    value: doublePrecision("value").notNull(),
    samples: integer("samples").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agentId, table.at, table.name] }),
    index("metric_numbers_by_time").on(table.accountId, table.name, table.at),
  ],
);
