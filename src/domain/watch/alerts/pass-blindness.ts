import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Fact } from "@/contracts/facts";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";

/** After our own blindness what was pending before it waits this much longer. New silence waits for the sweeper's grace. */
export const pendingGraceMs = 15_000;

const blindnessSchema = z.object({ from: z.coerce.date(), to: z.coerce.date() });

/** From when to when nobody watched, of the fact that says so; null for every other fact. */
export function blindnessOf({ kind, after }: Fact): { from: Date; to: Date } | null {
  if (kind !== "monitoring.was_blind") return null;
  return blindnessSchema.safeParse(after).data ?? null;
}

/**
 * What `afterBlindness` says of one state, for all of an account in two statements: time in which we saw nothing, and
 * the grace time after it, begin nothing and end nothing.
 */
export async function passBlindness(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  blind: { from: Date; to: Date },
  graceMs: number = pendingGraceMs,
): Promise<void> {
  const from = blind.from.toISOString();
  const to = blind.to.toISOString();
  const lostMs = blind.to.getTime() - blind.from.getTime() + graceMs;
  await tx.execute(sql`
    delete from alert_states where account_id = ${account} and state = 'pending' and due_at is null`);
  await tx.execute(sql`
    update alert_states set
      since = case when due_at is null and state = 'recovering' then ${to}::timestamptz else since end,
      due_at = due_at + ${lostMs} * interval '1 millisecond',
      marks = array(select mark + ${lostMs}::bigint from unnest(marks) with ordinality as m(mark, place) order by place),
      flips = array(select flip + ${lostMs}::bigint from unnest(flips) with ordinality as f(flip, place) order by place)
    where account_id = ${account} and (due_at > ${from}::timestamptz or (due_at is null and state = 'recovering'))`);
}
