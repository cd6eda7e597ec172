import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { silences } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { silencedBy } from "@/domain/watch/telling";
import { firingAlerts } from "./firing-alerts";
import type { SilenceRow } from "./silence-of";

/** Most silences of an account that have not ended: each alert that is told is held against all of them. */
export const mostOpenSilences = 1_000;

/** Silences that have not ended, newest first: those of now, of later, and those that come back. */
export function openSilences(ctx: Ctx, from: Db["orm"] | Tx = ctx.db.orm): Promise<SilenceRow[]> {
  return from
    .select()
    .from(silences)
    .where(
      and(
        eq(silences.accountId, ctx.account),
        isNull(silences.endedAt),
        or(isNull(silences.endsAt), gt(silences.endsAt, ctx.clock.now())),
      ),
    )
    .orderBy(desc(silences.createdAt), desc(silences.id));
}

/** Ids of the firing alerts that a silence keeps quiet at this moment. `readFiring`: where somebody needs them as well. */
export async function silencedAlertIds(ctx: Ctx, readFiring = () => firingAlerts(ctx)): Promise<string[]> {
  const rows = await openSilences(ctx);
  if (rows.length === 0) return [];
  const now = ctx.clock.now();
  const firing = await readFiring();
  return firing.filter(({ labels }) => silencedBy(rows, labels, now)).map(({ id }) => id);
}
