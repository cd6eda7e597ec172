import { bigint, bigserial, index, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { loggedAccountId, moment } from "./columns";

/**
 * Lines of agents. Partitioned by day of `receivedAt` in the migration (7 days kept, dropped whole). No unique
 * index on (session, seq): the cursor below, moved in the inserting transaction, makes a resend harmless.
 */
export const logLines = pgTable(
  "log_lines",
  {
    id: bigserial("id", { mode: "number" }).notNull(),
    receivedAt: moment("received_at").notNull(),
    accountId: loggedAccountId(),
    agentId: text("agent_id").notNull(),
    /** The agent's own clock: shown, not ordered by. */
    at: moment("at").notNull(),
    level: smallint("level").notNull(),
    source: text("source"),
    message: text("message").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.receivedAt] }),
    index("log_lines_by_agent").on(table.agentId, table.id),
  ],
);

/** Highest `seq` of a session that is durable. */
export const logCursors = pgTable(
  "log_cursors",
  {
    agentId: text("agent_id").notNull(),
    sessionId: text("session_id").notNull(),
    accountId: loggedAccountId(),
    through: bigint("through", { mode: "number" }).notNull(),
    /** Lines that the agent's own backlog lost: shown, never hidden. */
    dropped: bigint("dropped", { mode: "number" }).notNull(),
    changedAt: moment("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.sessionId] })],
);
