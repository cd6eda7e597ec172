import type { Agent, CreateAgent } from "@/contracts/fleet/agent";
import { agentPresence, agents } from "@/db/schema";
import { ensureGroup } from "@/domain/fleet/groups/ensure-group";
import { insertKey } from "@/domain/fleet/keys/insert-key";
import { type Ctx, conflict, demand, isDuplicate, transact, type Unit } from "@/domain/kernel";
import { agentOf } from "./agent-of";
import { agentRows } from "./find-agent";

/** A new agent with its first key, which is shown this once: only its hash is stored. */
export type NewAgent = Agent & { key: string };

/** Adds an agent; a group that does not exist yet is made. A name that is taken is a `conflict`. */
export async function createAgent(ctx: Ctx, wish: CreateAgent): Promise<NewAgent> {
  demand(ctx, "agents:manage");
  return refusingDuplicates(wish.name, () => transact(ctx, (unit) => addAgent(unit, ctx, wish)));
}

/** The same inside a caller's unit, for enrolment, which has authorised in its own way. */
export async function addAgent(unit: Unit, ctx: Ctx, wish: CreateAgent): Promise<NewAgent> {
  const now = ctx.clock.now();
  const id = ctx.ids.id("agt");
  const groupId = wish.group ? await ensureGroup(unit, ctx, wish.group) : null;
  const account = { accountId: ctx.account };
  await unit.tx
    .insert(agents)
    .values({ id, ...account, name: wish.name, groupId, tags: wish.tags ?? [], createdAt: now });
  await unit.tx.insert(agentPresence).values({
    agentId: id,
    ...account,
    status: "never-connected",
    statusSince: now,
    decidedBy: "It was added and has not connected yet.",
  });
  const { key } = await insertKey(unit, ctx, id);
  const agent = agentOf(await agentRows(ctx, id, unit.tx));
  unit.record({ kind: "agent.added", target: { kind: "agent", id, name: agent.name }, after: agent });
  return { ...agent, key };
}

/** Turns the database's refusal of a second agent of one name into a sentence. */
export async function refusingDuplicates<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isDuplicate(error, "agents_by_name")) throw error;
    throw conflict(
      `There is already an agent named "${name}" (capitals make no difference). Choose another name, or use that agent.`,
      { field: "name" },
    );
  }
}
