import { sql } from "drizzle-orm";
import { doublePrecision, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { CommandArgs, CommandKind, CommandState } from "@/contracts/fleet/command";
import type { Actor } from "@/contracts/kernel/actor";
import { accountId, moment } from "./columns";
import { agents } from "./fleet";

export const commands = pgTable(
  "commands",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    batchId: text("batch_id").notNull(),
    agentId: text("agent_id")
      .notNull()
      .references(() => agents.id),
    /** The name when it was asked for: facts keep it with the act, whatever the agent is called later. */
    askedName: text("asked_name").notNull().default(""),
    kind: text("kind").$type<CommandKind>().notNull(),
    args: jsonb("args").$type<CommandArgs>().notNull(),
    reason: text("reason").notNull(),
    state: text("state").$type<CommandState>().notNull(),
    requestedBy: jsonb("requested_by").$type<Actor>().notNull(),
    requestedAt: moment("requested_at").notNull(),
    deadlineAt: moment("deadline_at").notNull(),
    sentAt: moment("sent_at"),
    acknowledgedAt: moment("acknowledged_at"),
    runningAt: moment("running_at"),
    finishedAt: moment("finished_at"),
    /** An acknowledged command that says nothing until then is reported as failed, outcome unknown. */
    runDeadlineAt: moment("run_deadline_at"),
    progress: doublePrecision("progress"),
    message: text("message"),
  },
  (table) => [
    // Two people can't act on one agent unknowingly: the database itself refuses a second open command.
    uniqueIndex("commands_one_open_an_agent")
      .on(table.agentId)
      .where(sql`state in ('awaiting-approval','queued','sent','acknowledged','running')`),
    index("commands_by_agent").on(table.agentId, table.requestedAt),
    index("commands_by_account").on(table.accountId, table.requestedAt, table.id),
    index("commands_open_by_deadline")
      .on(table.deadlineAt)
      .where(sql`state in ('awaiting-approval','queued','sent','acknowledged','running')`),
  ],
);
