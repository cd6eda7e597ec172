import { sql } from "drizzle-orm";
import { type Ground, systemCtx, transact, type Unit } from "@/domain/kernel";
import type { Claimed } from "./claim";

/** How a claimed message ended. `try` is null when nothing was sent: the message had no business any more. */
export type Settled = {
  claimed: Claimed;
  state: "pending" | "delivered" | "dead";
  nextAttemptAt: Date | null;
  answer: string;
  try: { at: Date; tookMs: number; status: number } | null;
};

/**
 * Writes how messages ended, the tries and the facts, in one transaction an account. A delivery counts even when the
 * claim was lost meanwhile (it did happen); a failure only counts for whoever holds the claim.
 */
export async function settle(ground: Ground, holder: string, settled: Settled[]): Promise<void> {
  const accounts = new Set(settled.map(({ claimed }) => claimed.notification.accountId));
  for (const account of accounts) {
    const own = settled.filter(({ claimed }) => claimed.notification.accountId === account);
    await transact(systemCtx(ground, account), (unit) => settleAccount(unit, holder, own));
  }
}

async function settleAccount(unit: Unit, holder: string, settled: Settled[]): Promise<void> {
  const rows = settled.map((end) => ({
    id: end.claimed.notification.id,
    state: end.state,
    nextAttemptAt: end.nextAttemptAt,
    answer: end.answer,
    tried: end.try ? 1 : 0,
    at: end.try?.at ?? null,
    tookMs: end.try?.tookMs ?? null,
    status: end.try?.status ?? null,
  }));
  const written = await unit.tx.execute<{ id: string; attempts: number }>(sql`
    with ends as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, state text,
        "nextAttemptAt" timestamptz, answer text, tried int, at timestamptz, "tookMs" int, status int)
    ), changed as (
      update notifications n set state = e.state, attempts = n.attempts + e.tried, next_attempt_at = e."nextAttemptAt",
        claimed_until = null, claimed_by = null, last_status = coalesce(e.status, n.last_status), last_answer = e.answer,
        delivered_at = case when e.state = 'delivered' then e.at end
      from ends e
      where n.id = e.id and n.state = 'pending' and (e.state = 'delivered' or n.claimed_by = ${holder})
      returning n.id, n.attempts
    ), tries as (
      insert into notification_attempts (notification_id, at, took_ms, status, answer)
      select e.id, e.at, e."tookMs", e.status, e.answer from ends e join changed c on c.id = e.id where e.tried = 1
    )
    select id, attempts from changed`);
  const attempts = new Map(written.map((row) => [row.id, row.attempts]));
  for (const end of settled) {
    const { notification, alert, channel } = end.claimed;
    const tries = attempts.get(notification.id);
    if (tries === undefined || end.state === "pending") continue;
    const deliveredAt = end.state === "delivered" ? (end.try?.at.toISOString() ?? null) : null;
    unit.record({
      kind: end.state === "delivered" ? "notification.delivered" : "notification.given_up",
      target: { kind: "notification", id: notification.id, name: `${alert.agentName} → ${channel.name}` },
      reason: end.state === "dead" ? end.answer : null,
      after: {
        id: notification.id,
        state: end.state,
        attempts: tries,
        deliveredAt,
        lastStatus: end.try?.status ?? null,
      },
      data: {
        alertId: alert.id,
        channelId: channel.id,
        channelName: channel.name,
        event: notification.event,
      },
    });
  }
}
