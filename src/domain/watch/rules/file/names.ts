import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { agents, channels } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/** One kind of thing that a file calls by its name. */
export type Names = {
  /** How the file calls it: its name, or its id where the name fits several; null when there is none (any more). */
  nameOf(id: string): string | null;
  /** By id or by name. */
  idOf(name: string): { id: string } | { fault: string };
};

export type FileNames = { channels: Names; agents: Names };

type Named = { id: string; name: string };

/** What the account's channels and agents are called. */
export async function readNames(ctx: Pick<Ctx, "account">, tx: Tx): Promise<FileNames> {
  const ofChannels = await tx
    .select({ id: channels.id, name: channels.name })
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), isNull(channels.deletedAt)));
  const ofAgents = await tx
    .select({ id: agents.id, name: agents.name, removedAt: agents.removedAt })
    .from(agents)
    .where(eq(agents.accountId, ctx.account));
  return {
    channels: namesOf("channel", ofChannels),
    agents: namesOf(
      "agent",
      // One that is gone goes by its id: another may have its name by now.
      ofAgents.map(({ id, name, removedAt }) => ({ id, name: removedAt ? id : name })),
    ),
  };
}

export function namesOf(what: string, all: readonly Named[]): Names {
  const byId = new Map(all.map(({ id, name }) => [id, name]));
  const byName = new Map<string, string[]>();
  for (const { id, name } of all) byName.set(name, [...(byName.get(name) ?? []), id]);
  return {
    nameOf(id) {
      const name = byId.get(id);
      if (name === undefined) return null;
      return name.trim() !== name || (byId.has(name) && name !== id) || byName.get(name)?.length !== 1
        ? id
        : name;
    },
    idOf(name) {
      if (byId.has(name)) return { id: name };
      const [id, another] = byName.get(name.trim()) ?? [];
      if (id === undefined)
        return { fault: `There is no ${what} “${name}”. Make it first, or write the name as it is there.` };
      return another === undefined
        ? { id }
        : { fault: `Several have the name “${name}”. Write the id of the ${what} that you mean.` };
    },
  };
}
