import { sql } from "drizzle-orm";
import { bigint, bigserial, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { FactKind } from "@/contracts/facts";
import type { Actor, Target } from "@/contracts/kernel/actor";
import { loggedAccountId, moment } from "./columns";

const body = () => ({
  accountId: loggedAccountId(),
  kind: text("kind").$type<FactKind>().notNull(),
  at: moment("at").notNull(),
  actor: jsonb("actor").$type<Actor>().notNull(),
  target: jsonb("target").$type<Target>(),
  reason: text("reason"),
  before: jsonb("before").$type<Record<string, unknown>>(),
  after: jsonb("after").$type<Record<string, unknown>>(),
  data: jsonb("data").$type<Record<string, unknown>>(),
  requestId: text("request_id"),
});

/** Facts written by verbs in their own transactions, waiting for the stamper. */
export const factsPending = pgTable("facts_pending", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  ...body(),
});

/**
 * The log. Insert-only: a trigger (migration `insert_only_facts`) refuses update, delete and truncate. Partitioned
 * by month of `stampedAt` there, so that retention drops a partition and never deletes a row.
 */
export const facts = pgTable(
  "facts",
  {
    seq: bigint("seq", { mode: "number" }).notNull(),
    stampedAt: moment("stamped_at").notNull(),
    ...body(),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seq, table.stampedAt] }),
    index("facts_by_account").on(table.accountId, table.seq),
    index("facts_by_target").on(table.accountId, sql`(target->>'id')`, table.seq),
    // A rule about drift that is new looks for those who drifted already, in a log of millions.
    index("facts_of_drift")
      .on(table.accountId, sql`(target->>'id')`)
      .where(sql`kind = 'agent.config_drifted'`),
  ],
);

/** One row: the end of the chain. The stamper locks it, so that even two stampers could not fork the chain. */
export const factHead = pgTable("fact_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});
