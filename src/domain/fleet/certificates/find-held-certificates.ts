import { and, asc, eq, gt, isNull, lte } from "drizzle-orm";
import { agentCertificates, agents } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { certificateOf } from "./certificate-of";

const dayMs = 86_400_000;

/** Certificates that let an agent in now, those that end first first; `withinDays`: only those that end so soon. */
export async function findHeldCertificates(ctx: Ctx, { withinDays }: { withinDays?: number | undefined }) {
  demand(ctx, "agents:manage");
  const now = ctx.clock.now();
  const until = withinDays === undefined ? undefined : new Date(now.getTime() + withinDays * dayMs);
  const rows = await ctx.db.orm
    .select({ row: agentCertificates, agent: { id: agents.id, name: agents.name } })
    .from(agentCertificates)
    .innerJoin(agents, eq(agents.id, agentCertificates.agentId))
    .where(
      and(
        eq(agentCertificates.accountId, ctx.account),
        isNull(agentCertificates.revokedAt),
        isNull(agents.removedAt),
        gt(agentCertificates.expiresAt, now),
        until && lte(agentCertificates.expiresAt, until),
      ),
    )
    .orderBy(asc(agentCertificates.expiresAt), asc(agentCertificates.serial))
    .limit(1_000);
  return rows.map(({ row, agent }) => ({ ...certificateOf(row), agent }));
}
