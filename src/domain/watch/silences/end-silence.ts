import { eq } from "drizzle-orm";
import type { Silence } from "@/contracts/watch/silence";
import { silences } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { lockedSilence } from "./find";
import { hasEnded, silenceOf, silenceTarget } from "./silence-of";

/** Ends a silence now: what still fires is told. One that has ended stays as it is. */
export async function endSilence(ctx: Ctx, id: string): Promise<Silence> {
  demand(ctx, "alerts:operate");
  return transact(ctx, async (unit) => {
    const now = ctx.clock.now();
    const row = await lockedSilence(ctx, unit.tx, id);
    if (hasEnded(row, now)) return silenceOf(row, now, []);
    const ended = { endedAt: now, endedBy: ctx.actor.name };
    await unit.tx.update(silences).set(ended).where(eq(silences.id, id));
    unit.record({
      kind: "silence.ended",
      target: silenceTarget(row),
      after: { endedAt: now.toISOString(), endedBy: ended.endedBy, state: "ended" },
    });
    unit.afterCommit(() => ctx.bus.publish("nudge.telling", null));
    return silenceOf({ ...row, ...ended }, now, []);
  });
}
