import { eq } from "drizzle-orm";
import type { NewSilence, Silence } from "@/contracts/watch/silence";
import { accounts, silences } from "@/db/schema";
import { type Ctx, conflict, demand, transact, type Unit } from "@/domain/kernel";
import { demandPatterns, demandTimes } from "./check-silence";
import { firingAlerts } from "./firing-alerts";
import { mostOpenSilences, openSilences } from "./open-silences";
import { type SilenceRow, silenceOf, silenceTarget } from "./silence-of";

/** Makes a silence or planned work, with who did it and why. What it fits still fires; it only is not told. */
export async function createSilence(ctx: Ctx, wish: NewSilence): Promise<Silence> {
  demand(ctx, "alerts:operate");
  demandPatterns(wish.matchers);
  return transact(ctx, async (unit) => {
    const row = await insertSilence(ctx, unit, wish);
    return silenceOf(row, ctx.clock.now(), await firingAlerts(ctx, unit.tx));
  });
}

/** The row and its fact, whose `data` a caller may add to. Demands no permission: a signed link silences too. */
export async function insertSilence(
  ctx: Ctx,
  unit: Unit,
  wish: NewSilence,
  data: Record<string, unknown> = {},
): Promise<SilenceRow> {
  const now = ctx.clock.now();
  const row: SilenceRow = {
    id: ctx.ids.id("sil"),
    accountId: ctx.account,
    kind: wish.kind,
    matchers: wish.matchers,
    reason: wish.reason,
    createdBy: ctx.actor,
    createdAt: now,
    startsAt: wish.startsAt ? new Date(wish.startsAt) : now,
    endsAt: wish.endsAt ? new Date(wish.endsAt) : null,
    schedule: wish.schedule,
    endedAt: null,
    endedBy: null,
  };
  demandTimes(row, now);
  // One after the other, or two could pass the bound together.
  await unit.tx.select().from(accounts).where(eq(accounts.id, ctx.account)).for("no key update");
  if ((await openSilences(ctx, unit.tx)).length >= mostOpenSilences) {
    throw conflict(`There are ${mostOpenSilences} open silences already. End some before you make another.`);
  }
  await unit.tx.insert(silences).values(row);
  const { matching: _, fits: __, ...after } = silenceOf(row, now, []);
  unit.record({ kind: "silence.created", target: silenceTarget(row), reason: row.reason, after, data });
  unit.afterCommit(() => ctx.bus.publish("nudge.telling", null));
  return row;
}
