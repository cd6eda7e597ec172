import { alertLinkSilenceMs } from "@/contracts/watch/alert-link";
import type { Matcher } from "@/contracts/watch/matcher";
import type { Db, Tx } from "@/db/client";
import type { Ctx, Unit } from "@/domain/kernel";
import { type AlertRow, alertOf, labelsOf } from "@/domain/watch/alerts/view";
import { insertSilence, openSilences } from "@/domain/watch/silences";
import { silencedBy } from "@/domain/watch/telling";
import type { Done } from "./open-link";

/** The silence that keeps the alert quiet now, whoever made it. */
export async function silenceAbout(
  ctx: Ctx,
  row: AlertRow,
  from: Db["orm"] | Tx = ctx.db.orm,
): Promise<Done | null> {
  const found = silencedBy(await openSilences(ctx, from), labelsOf(alertOf(row)), ctx.clock.now());
  if (!found) return null;
  const { silence, until } = found;
  return { by: silence.createdBy.name, at: silence.createdAt.toISOString(), until: until.toISOString() };
}

/** An hour of quiet about this rule and this subject, and nothing else. */
export async function silenceForAnHour(
  ctx: Ctx,
  unit: Unit,
  row: AlertRow,
  data: Record<string, unknown>,
): Promise<Done> {
  const labels = labelsOf(alertOf(row));
  const matchers = (["rule", "subject"] as const).map((label): Matcher => {
    const value = labels[label];
    return { label, op: "=", value: typeof value === "string" ? value : "" };
  });
  const endsAt = new Date(ctx.clock.nowMs() + alertLinkSilenceMs).toISOString();
  const reason = `Silenced for an hour from a message: ${row.subjectName}, ${row.ruleName}`;
  const wish = { kind: "silence" as const, matchers, reason, endsAt, schedule: null };
  const made = await insertSilence(ctx, unit, wish, { agentId: row.agentId, ruleId: row.ruleId, ...data });
  return { by: ctx.actor.name, at: made.createdAt.toISOString(), until: endsAt };
}
