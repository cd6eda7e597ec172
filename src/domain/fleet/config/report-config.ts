import { and, eq } from "drizzle-orm";
import type { ConfigApplied } from "@/contracts/wire/agent";
import { rawIn, type Tx } from "@/db/client";
import { agents } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { sentConfig } from "./sent-config";

/**
 * An agent says what became of its configuration. One that it refused, and a version that is not the one it was
 * given, is drift; one that fits again settles it. Saying the same once more is no news.
 */
export async function reportConfig(
  ctx: Ctx,
  agent: { agentId: string; name: string },
  applied: ConfigApplied,
): Promise<void> {
  const drift = driftOf(applied, sentConfig.version);
  await transact(ctx, async (unit) => {
    const last = await lastWord(unit.tx, ctx.account, agent.agentId);
    const same = drift === null ? last?.kind !== "agent.config_drifted" : last?.reason === drift;
    if (same) return;
    unit.record({
      kind: drift === null ? "agent.config_settled" : "agent.config_drifted",
      target: { kind: "agent", id: agent.agentId, name: agent.name },
      reason: drift,
      data: { version: applied.version, sentVersion: sentConfig.version, error: applied.error ?? null },
    });
  });
}

/** Why what an agent runs with is not what it was given; null when it is. */
export function driftOf({ version, ok, error }: ConfigApplied, sentVersion: number): string | null {
  if (!ok) return `It refused configuration ${version}${error ? `: ${error}` : ""}`;
  if (version === sentVersion) return null;
  return `It runs with configuration ${version}, but was given ${sentVersion}`;
}

type Word = { kind: "agent.config_drifted" | "agent.config_settled"; reason: string | null };

/** The last fact about an agent's configuration, also one that is not stamped yet. Two reports at once take turns. */
async function lastWord(tx: Tx, account: string, agentId: string): Promise<Word | null> {
  await tx
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.accountId, account), eq(agents.id, agentId)))
    .for("no key update");
  const kinds = ["agent.config_drifted", "agent.config_settled"];
  const [last] = await rawIn(tx)<Word[]>`
    select kind, reason from (
      (select kind, reason, true as fresh, id as place from facts_pending
        where account_id = ${account} and target->>'id' = ${agentId} and kind = any(${kinds}::text[])
        order by id desc limit 1)
      union all
      (select kind, reason, false, seq from facts
        where account_id = ${account} and target->>'id' = ${agentId} and kind = any(${kinds}::text[])
        order by seq desc limit 1)
    ) word order by fresh desc, place desc limit 1`;
  return last ?? null;
}
