import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import type { Actor } from "@/contracts/kernel/actor";
import type { EpisodeState, Subject } from "@/contracts/watch/alert";
import type { AlertPolicy } from "@/contracts/watch/policy";
import type { RuleDraft, RuleVersion } from "@/contracts/watch/rule";
import { accountId, moment } from "./columns";

export const rules = pgTable("rules", {
  id: text("id").primaryKey(),
  accountId: accountId(),
  version: integer("version").notNull(),
  /** All that can be said of it, in the words of its contract. */
  draft: jsonb("draft").$type<RuleDraft>().notNull(),
  createdAt: moment("created_at").notNull(),
  changedAt: moment("changed_at").notNull(),
  deletedAt: moment("deleted_at"),
});

/** Every version that a rule had, with its author. */
export const ruleVersions = pgTable(
  "rule_versions",
  {
    ruleId: text("rule_id")
      .notNull()
      .references(() => rules.id),
    version: integer("version").notNull(),
    accountId: accountId(),
    at: moment("at").notNull(),
    author: jsonb("author").$type<Actor>().notNull(),
    how: text("how").$type<RuleVersion["how"]>().notNull(),
    draft: jsonb("draft").$type<RuleDraft>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.ruleId, table.version] })],
);

/** Who is told what: every version of the account's one document, the highest is in force. */
export const alertPolicies = pgTable(
  "alert_policies",
  {
    accountId: accountId(),
    version: integer("version").notNull(),
    at: moment("at").notNull(),
    author: jsonb("author").$type<Actor>().notNull(),
    policy: jsonb("policy").$type<AlertPolicy>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.version] })],
);

/**
 * Where each rule stands with each subject that is not simply well, moved in the evaluator's transaction: a restart or
 * another instance goes on from here. A counted condition (restarts, lines, failures) keeps its moments in `marks`.
 */
export const alertStates = pgTable(
  "alert_states",
  {
    ruleId: text("rule_id")
      .notNull()
      .references(() => rules.id),
    /** `kind:id` of the subject. */
    subjectKey: text("subject_key").notNull(),
    accountId: accountId(),
    subject: jsonb("subject").$type<Subject>().notNull(),
    agentId: text("agent_id"),
    state: text("state").$type<EpisodeState>().notNull(),
    /** When the trouble began, or, recovering, when it ended. */
    since: moment("since").notNull(),
    changedAt: moment("changed_at").notNull(),
    /** When time alone moves it on; null: only another observation does. */
    dueAt: moment("due_at"),
    alertId: text("alert_id"),
    value: doublePrecision("value"),
    summary: text("summary").notNull(),
    /** Epoch ms, oldest first: of what is counted. */
    marks: bigint("marks", { mode: "number" }).array().notNull(),
    /** Epoch ms of changes between good and bad, for flap control. */
    flips: bigint("flips", { mode: "number" }).array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ruleId, table.subjectKey] }),
    index("alert_states_due").on(table.dueAt).where(sql`due_at is not null`),
    index("alert_states_by_account").on(table.accountId, table.state),
    index("alert_states_by_agent").on(table.agentId),
  ],
);

/**
 * Lines that a log rule's pattern fits, written with the lines themselves by whoever takes them in, and taken away by
 * the evaluator: its work grows with hits, not with lines.
 */
export const logHits = pgTable("log_hits", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  accountId: accountId(),
  ruleId: text("rule_id").notNull(),
  ruleVersion: integer("rule_version").notNull(),
  agentId: text("agent_id").notNull(),
  at: moment("at").notNull(),
  count: integer("count").notNull(),
  sample: text("sample").notNull(),
});

/** When a loop of ours last ended a whole turn, and how far behind it was: what `/readyz` and self-checks read. */
export const watchTurns = pgTable("watch_turns", {
  name: text("name").primaryKey(),
  at: moment("at").notNull(),
  lagMs: doublePrecision("lag_ms").notNull(),
  backlog: integer("backlog").notNull(),
  stopped: boolean("stopped").notNull(),
});
