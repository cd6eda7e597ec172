import type { Target } from "@/contracts/kernel/actor";
import { cutText } from "@/contracts/kernel/text";
import { mostNamed } from "@/contracts/watch/alert-list";
import type { Matcher } from "@/contracts/watch/matcher";
import type { Silence } from "@/contracts/watch/silence";
import type { silences } from "@/db/schema";
import { matches, nextWindowStart, silenceUntil } from "@/domain/watch/telling";
import type { LabelledAlert } from "./firing-alerts";

export type SilenceRow = typeof silences.$inferSelect;

/** What is not active yet tells nothing apart: ids are an example. */
const mostPreviewed = 500;

/** A stored silence in the words of its contract, as of `now`; `firing`: the alerts that it is held against. */
export function silenceOf(row: SilenceRow, now: Date, firing: readonly LabelledAlert[]): Silence {
  const stands = standing(row, now);
  const fitting = hasEnded(row, now) ? [] : firing.filter(({ labels }) => matches(row.matchers, labels));
  return {
    id: row.id,
    kind: row.kind,
    matchers: row.matchers,
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
    schedule: row.schedule,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
    ...stands,
    matching: fitting.length,
    fits: fitting.slice(0, stands.state === "active" ? mostNamed : mostPreviewed).map(({ id }) => id),
  };
}

/** Over for good, by somebody or by the clock. */
export const hasEnded = ({ endedAt, endsAt }: Pick<SilenceRow, "endedAt" | "endsAt">, now: Date): boolean =>
  endedAt !== null || (endsAt !== null && endsAt <= now);

/** Where it stands at that moment, by the clock alone. */
export function standing(row: SilenceRow, now: Date): Pick<Silence, "state" | "activeUntil" | "nextAt"> {
  if (hasEnded(row, now)) return { state: "ended", activeUntil: null, nextAt: null };
  const until = silenceUntil(row, now);
  if (until) return { state: "active", activeUntil: until.toISOString(), nextAt: null };
  return { state: "upcoming", activeUntil: null, nextAt: nextStart(row, now)?.toISOString() ?? null };
}

function nextStart({ startsAt, endsAt, schedule }: SilenceRow, now: Date): Date | null {
  const from = startsAt > now ? startsAt : now;
  if (!schedule || silenceUntil({ matchers: [], startsAt, endsAt, endedAt: null, schedule }, from))
    return from;
  const next = nextWindowStart(schedule, from);
  return next && endsAt && next >= endsAt ? null : next;
}

/** What a silence's facts are about, in the audit log's words. */
export const silenceTarget = ({ id, matchers }: Pick<SilenceRow, "id" | "matchers">): Target => ({
  kind: "silence",
  id,
  name: cutText(matchers.map(matcherText).join(", "), 200),
});

const matcherText = ({ label, op, value }: Matcher) => `${label}${op}${value === "" ? '""' : value}`;
