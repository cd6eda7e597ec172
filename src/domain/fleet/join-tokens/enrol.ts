import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { CreateAgent } from "@/contracts/fleet/agent";
import { groups, joinTokens } from "@/db/schema";
import { addAgent, type NewAgent, refusingDuplicates } from "@/domain/fleet/agents/create-agent";
import { type Ctx, type Ground, transact, unauthenticated } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";

/** An enrolment: the token's group wins over the wish, so that a token cannot fill other groups. */
export type Enrolment = CreateAgent & { token: string };

const refused =
  "This join token does not work: it is unknown, used up, expired or revoked. Ask for a new one and try again.";

/**
 * A new host's agent and its key, for a valid join token. One statement takes a use, so that a token for one use
 * is used once however many ask at the same moment; a refused name gives the use back with the rollback.
 */
export async function enrol(ground: Ground, wish: Enrolment, requestId: string | null): Promise<NewAgent> {
  const { token, ...agent } = wish;
  const now = ground.clock.now();
  const hash = sha256Hex(token);
  const [known] = await ground.db.orm
    .select({
      id: joinTokens.id,
      accountId: joinTokens.accountId,
      prefix: joinTokens.prefix,
      group: groups.name,
    })
    .from(joinTokens)
    .leftJoin(groups, eq(groups.id, joinTokens.groupId))
    .where(eq(joinTokens.hash, hash));
  if (!known) throw unauthenticated(refused);
  const ctx: Ctx = {
    ...ground,
    account: known.accountId,
    actor: { kind: "token", id: known.id, name: `join token ${known.prefix}` },
    role: null,
    requestId,
  };
  return refusingDuplicates(agent.name, () =>
    transact(ctx, async (unit) => {
      const [used] = await unit.tx
        .update(joinTokens)
        .set({ usesLeft: sql`${joinTokens.usesLeft} - 1` })
        .where(
          and(
            eq(joinTokens.id, known.id),
            isNull(joinTokens.revokedAt),
            gt(joinTokens.expiresAt, now),
            or(isNull(joinTokens.usesLeft), gt(joinTokens.usesLeft, 0)),
          ),
        )
        .returning({ id: joinTokens.id });
      if (!used) throw unauthenticated(refused);
      return addAgent(unit, ctx, { ...agent, group: known.group ?? agent.group });
    }),
  );
}
