import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Agent, changeAgentSchema } from "@/contracts/fleet/agent";
import { agents } from "@/db/schema";
import { ensureGroup } from "@/domain/fleet/groups/ensure-group";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { agentOf } from "./agent-of";
import { refusingDuplicates } from "./create-agent";
import { agentRows } from "./find-agent";

export type ChangeAgent = z.infer<typeof changeAgentSchema>;

/** Renames, regroups, retags: absent fields stay, `group: null` takes it out of its group. No change, no fact. */
export async function changeAgent(ctx: Ctx, wish: ChangeAgent): Promise<Agent> {
  demand(ctx, "agents:manage");
  return refusingDuplicates(wish.name ?? "", () =>
    transact(ctx, async (unit) => {
      const before = agentOf(await agentRows(ctx, wish.id, unit.tx));
      const set: Partial<typeof agents.$inferInsert> = {};
      if (wish.name !== undefined) set.name = wish.name;
      if (wish.tags !== undefined) set.tags = wish.tags;
      if (wish.group === null) set.groupId = null;
      else if (wish.group !== undefined) set.groupId = await ensureGroup(unit, ctx, wish.group);
      if (Object.keys(set).length > 0) {
        await unit.tx
          .update(agents)
          .set(set)
          .where(and(eq(agents.accountId, ctx.account), eq(agents.id, wish.id)));
      }
      const after = agentOf(await agentRows(ctx, wish.id, unit.tx));
      const fields = (["name", "group", "tags"] as const).filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      );
      if (fields.length > 0) {
        unit.record({
          kind: "agent.changed",
          target: { kind: "agent", id: after.id, name: after.name },
          before: pick(before, fields),
          after: pick(after, fields),
        });
      }
      return after;
    }),
  );
}

function pick(agent: Agent, fields: readonly (keyof Agent)[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, agent[field]]));
}
