import { eq } from "drizzle-orm";
import type { Silence, SilenceChange } from "@/contracts/watch/silence";
import { silences } from "@/db/schema";
import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import { demandPatterns, demandTimes } from "./check-silence";
import { lockedSilence } from "./find";
import { firingAlerts } from "./firing-alerts";
import { hasEnded, type SilenceRow, silenceOf, silenceTarget } from "./silence-of";

/** Changes what is given; refuses (`conflict`) one that has ended. Nothing new: nothing is written. */
export async function changeSilence(ctx: Ctx, { id, ...change }: SilenceChange): Promise<Silence> {
  demand(ctx, "alerts:operate");
  if (change.matchers) demandPatterns(change.matchers);
  return transact(ctx, async (unit) => {
    const now = ctx.clock.now();
    const row = await lockedSilence(ctx, unit.tx, id);
    if (hasEnded(row, now)) throw conflict("This silence has ended. Make a new one.");
    const next: SilenceRow = {
      ...row,
      ...(change.matchers ? { matchers: change.matchers } : {}),
      ...(change.reason !== undefined ? { reason: change.reason } : {}),
      ...(change.endsAt !== undefined ? { endsAt: change.endsAt ? new Date(change.endsAt) : null } : {}),
      ...(change.schedule !== undefined ? { schedule: change.schedule } : {}),
    };
    const [before, after] = [said(row), said(next)];
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    if (changed.length > 0) {
      demandTimes(next, now);
      const { matchers, reason, endsAt, schedule } = next;
      await unit.tx.update(silences).set({ matchers, reason, endsAt, schedule }).where(eq(silences.id, id));
      const only = (words: typeof after) => Object.fromEntries(changed.map((name) => [name, words[name]]));
      unit.record({
        kind: "silence.changed",
        target: silenceTarget(next),
        before: only(before),
        after: only(after),
      });
      unit.afterCommit(() => ctx.bus.publish("nudge.telling", null));
    }
    return silenceOf(next, now, await firingAlerts(ctx, unit.tx));
  });
}

const said = ({ matchers, reason, endsAt, schedule }: SilenceRow) => ({
  matchers,
  reason,
  endsAt: endsAt?.toISOString() ?? null,
  schedule,
});
