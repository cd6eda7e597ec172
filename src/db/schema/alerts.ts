import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { AgentStatus } from "@/contracts/fleet/status";
import type { Actor } from "@/contracts/kernel/actor";
import type { AlertState, AlertStep, Subject, TellingStage } from "@/contracts/watch/alert";
import type { ConditionKind } from "@/contracts/watch/condition";
import type { Matcher } from "@/contracts/watch/matcher";
import type { Severity } from "@/contracts/watch/rule";
import type { Silence } from "@/contracts/watch/silence";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { accountId, moment } from "./columns";
import { rules } from "./rules";

export const alerts = pgTable(
  "alerts",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    ruleId: text("rule_id")
      .notNull()
      .references(() => rules.id),
    ruleVersion: integer("rule_version").notNull(),
    ruleName: text("rule_name").notNull(),
    kind: text("kind").$type<ConditionKind>().notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    state: text("state").$type<AlertState>().notNull(),
    subjectKind: text("subject_kind").$type<Subject["kind"]>().notNull(),
    subjectId: text("subject_id").notNull(),
    subjectName: text("subject_name").notNull(),
    agentId: text("agent_id"),
    group: text("group_name"),
    host: text("host"),
    tags: text("tags").array().notNull(),
    labels: jsonb("labels").$type<Record<string, string>>().notNull(),
    summary: text("summary").notNull(),
    value: doublePrecision("value"),
    status: text("status").$type<AgentStatus>(),
    since: moment("since").notNull(),
    firedAt: moment("fired_at").notNull(),
    resolvedAt: moment("resolved_at"),
    resolution: text("resolution"),
    lastKnown: text("last_known"),
    flapping: boolean("flapping").notNull(),
    runbook: text("runbook"),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: moment("acknowledged_at"),
    acknowledgedNote: text("acknowledged_note"),
    assignedId: text("assigned_id"),
    assignedName: text("assigned_name"),
    snoozedUntil: moment("snoozed_until"),
    snoozedBy: text("snoozed_by"),
  },
  (table) => [
    // One episode at a time: the database refuses a second firing alert of one rule for one subject.
    uniqueIndex("alerts_one_firing")
      .on(table.ruleId, table.subjectKind, table.subjectId)
      .where(sql`state = 'firing'`),
    index("alerts_by_account").on(table.accountId, table.firedAt, table.id),
    index("alerts_firing").on(table.accountId).where(sql`state = 'firing'`),
    index("alerts_by_agent").on(table.agentId, table.firedAt),
    // Those that ended just now of those that are about many: asked at every turn of the notifier.
    index("alerts_about_many").on(table.accountId, table.resolvedAt).where(sql`agent_id is null`),
    // Who was back just now: asked at every turn of the two minutes after an outage or a host's fall.
    index("alerts_of_agents_ended")
      .on(table.accountId, table.resolvedAt)
      .where(sql`agent_id is not null and resolved_at is not null`),
  ],
);

export const alertComments = pgTable(
  "alert_comments",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    alertId: text("alert_id")
      .notNull()
      .references(() => alerts.id),
    at: moment("at").notNull(),
    author: jsonb("author").$type<Actor>().notNull(),
    text: text("text").notNull(),
  },
  (table) => [index("alert_comments_by_alert").on(table.alertId, table.at)],
);

/** Where the telling of an alert stopped or went on, and why: a row when that changes, not one a look. */
export const alertSteps = pgTable(
  "alert_steps",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: accountId(),
    alertId: text("alert_id").notNull(),
    at: moment("at").notNull(),
    stage: text("stage").$type<TellingStage>().notNull(),
    outcome: text("outcome").$type<AlertStep["outcome"]>().notNull(),
    reason: text("reason").notNull(),
    until: moment("until"),
  },
  (table) => [index("alert_steps_by_alert").on(table.alertId, table.id)],
);

export const silences = pgTable(
  "silences",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    kind: text("kind").$type<Silence["kind"]>().notNull(),
    matchers: jsonb("matchers").$type<Matcher[]>().notNull(),
    reason: text("reason").notNull(),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at"),
    schedule: jsonb("schedule").$type<TimeWindow>(),
    endedAt: moment("ended_at"),
    endedBy: text("ended_by"),
  },
  (table) => [index("silences_by_account").on(table.accountId, table.createdAt, table.id)],
);

/** Alerts that are told together: one row a route and the values of its `groupBy`, from the first alert to the all-clear. */
export const alertGroups = pgTable(
  "alert_groups",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    /** Id of the route in the policy, or `rule:<id>`, below the root `rule:<id>/<branch>`, for a rule that names its own channels. */
    routeId: text("route_id").notNull(),
    /** The grouping labels and their values, as canonical JSON. */
    key: text("key").notNull(),
    openedAt: moment("opened_at").notNull(),
    /** When it is looked at next; null: when something happens. */
    flushAt: moment("flush_at"),
    toldAt: moment("told_at"),
    escalatedSteps: integer("escalated_steps").notNull(),
    closedAt: moment("closed_at"),
  },
  (table) => [
    uniqueIndex("alert_groups_open")
      .on(table.accountId, table.routeId, table.key)
      .where(sql`closed_at is null`),
    index("alert_groups_due").on(table.flushAt).where(sql`closed_at is null`),
  ],
);

/** Alerts about which a group may still have something to say; one that is over and told leaves no row. */
export const groupAlerts = pgTable(
  "group_alerts",
  {
    groupId: text("group_id")
      .notNull()
      .references(() => alertGroups.id),
    alertId: text("alert_id")
      .notNull()
      .references(() => alerts.id),
    joinedAt: moment("joined_at").notNull(),
    /** When a changed route sent it to another group: this one still ends what it began to tell. */
    leftAt: moment("left_at"),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.alertId] }),
    index("group_alerts_by_alert").on(table.alertId),
  ],
);
