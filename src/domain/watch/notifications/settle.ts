import { sql } from "drizzle-orm";
import { type Ground, systemCtx, transact, type Unit } from "@/domain/kernel";
import { type Claimed, stillPending } from "./claim";
import type { InboxRow } from "./render/inbox-row";

/** How a claimed message ended. `try` is null when nothing was sent: the message had no business any more. */
export type Settled = {
  claimed: Claimed;
  state: "pending" | "delivered" | "dead";
  nextAttemptAt: Date | null;
  answer: string;
  try: { at: Date; tookMs: number; status: number } | null;
  /** The channel's failures in a row after this try, and until when it is left alone because of them. */
  rest: { failures: number; until: Date | null } | null;
  /** What the console's inbox gets, in the same transaction: so it has each message exactly once. */
  inbox: (InboxRow & { role: "viewer" | "operator" | "admin" }) | null;
};

/**
 * Writes how messages ended, the tries, the breakers and the facts, in one transaction an account. A delivery counts
 * even when the claim was lost meanwhile (it did happen); a failure only counts for whoever holds the claim.
 */
export async function settle(ground: Ground, holder: string, settled: Settled[]): Promise<void> {
  const accounts = new Set(settled.map(({ claimed }) => claimed.notification.accountId));
  for (const account of accounts) {
    const own = settled.filter(({ claimed }) => claimed.notification.accountId === account);
    await transact(systemCtx(ground, account), (unit) => settleAccount(unit, ground, holder, own));
  }
}

async function settleAccount(
  unit: Unit,
  { clock }: Ground,
  holder: string,
  settled: Settled[],
): Promise<void> {
  const lastOf = new Map(settled.filter((end) => end.rest).map((end) => [end.claimed.channel.id, end]));
  const rows = settled.map((end, place) => ({
    place,
    id: end.claimed.notification.id,
    channel: end.claimed.channel.id,
    state: end.state,
    nextAttemptAt: end.nextAttemptAt,
    answer: end.answer,
    tried: end.try ? 1 : 0,
    at: end.try?.at ?? null,
    tookMs: end.try?.tookMs ?? null,
    status: end.try?.status ?? null,
    last: end === lastOf.get(end.claimed.channel.id),
    failuresBefore: end.claimed.channel.failuresInRow,
    failures: end.rest?.failures ?? 0,
    brokenUntil: end.rest?.until ?? null,
    wasBroken: end.claimed.channel.brokenUntil !== null,
    inbox: end.inbox,
  }));
  // Of several tries of a channel the last one says how it is. What was mended meanwhile keeps its clean record. One
  // that works again lets go what waited for it: due from now on, since until now it was not our lag.
  const written = await unit.tx.execute<{ id: string; attempts: number }>(sql`
    with ends as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place int, id text, channel text, state text,
        "nextAttemptAt" timestamptz, answer text, tried int, at timestamptz, "tookMs" int, status int, last boolean,
        "failuresBefore" int, failures int, "brokenUntil" timestamptz, "wasBroken" boolean, inbox jsonb)
    ), changed as (
      update notifications n set state = e.state, attempts = n.attempts + e.tried, next_attempt_at = e."nextAttemptAt",
        claimed_until = null, claimed_by = null, last_status = coalesce(e.status, n.last_status), last_answer = e.answer,
        delivered_at = case when e.state = 'delivered' then e.at end
      from ends e
      where n.id = e.id and ${stillPending("n")} and (e.state = 'delivered' or n.claimed_by = ${holder})
      returning n.id, n.attempts, n.account_id, n.event, n.severity, n.state, e.place, e.channel, e.tried, e.at, e."tookMs",
        e.status, e.answer, e.last, e."failuresBefore", e.failures, e."brokenUntil", e.inbox
    ), tries as (
      insert into notification_attempts (notification_id, at, took_ms, status, answer)
      select id, at, "tookMs", status, answer from changed where tried = 1 order by place
    ), inboxes as (
      insert into inbox_messages (account_id, notification_id, role, at, event, severity, title, body, link)
      select account_id, id, inbox->>'role', at, event, severity, inbox->>'title', inbox->>'body', inbox->>'link'
      from changed where state = 'delivered' and jsonb_typeof(inbox) = 'object' order by place
      on conflict (notification_id) do nothing
    ), breakers as (
      update channels h set failures_in_row = c.failures, broken_until = c."brokenUntil"
      from changed c
      where h.id = c.channel and c.last and h.failures_in_row in (0, c."failuresBefore")
        and (h.failures_in_row <> c.failures or h.broken_until is distinct from c."brokenUntil")
        and not (h.failures_in_row = 0 and c.failures > 1)
    ), healed as (
      update notifications n set next_attempt_at = ${clock.now().toISOString()}::timestamptz
      from ends e
      where e.state = 'delivered' and e."wasBroken" and n.channel_id = e.channel and n.state = 'pending'
        and n.claimed_until is null and not n.id in (select id from ends)
    )
    select id, attempts from changed`);
  const attempts = new Map(written.map((row) => [row.id, row.attempts]));
  for (const end of settled) recordEnd(unit, end, attempts.get(end.claimed.notification.id));
}

/** The fact of a message that arrived or was given up; `tries` undefined: another deliverer wrote its end. */
function recordEnd(unit: Unit, end: Settled, tries: number | undefined): void {
  if (tries === undefined || end.state === "pending") return;
  const { notification, channel } = end.claimed;
  unit.record({
    kind: end.state === "delivered" ? "notification.delivered" : "notification.given_up",
    target: { kind: "notification", id: notification.id, name: `${notification.title} → ${channel.name}` },
    reason: end.state === "dead" ? end.answer : null,
    after: {
      id: notification.id,
      state: end.state,
      attempts: tries,
      deliveredAt: end.state === "delivered" ? (end.try?.at.toISOString() ?? null) : null,
      lastStatus: end.try?.status ?? null,
    },
    data: {
      groupId: notification.groupId,
      channelId: channel.id,
      channelName: channel.name,
      channelKind: channel.kind,
      event: notification.event,
    },
  });
}
