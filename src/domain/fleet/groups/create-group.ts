import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import { ensureGroup } from "./ensure-group";
import { findGroups } from "./find-groups";

/** Makes an empty group; a name that is taken is a `conflict`. */
export async function createGroup(
  ctx: Ctx,
  name: string,
): Promise<{ id: string; name: string; agents: number }> {
  demand(ctx, "agents:manage");
  const known = (await findGroups(ctx)).find((group) => group.name.toLowerCase() === name.toLowerCase());
  if (known)
    throw conflict(`There is already a group named "${known.name}". Use it, or choose another name.`);
  const id = await transact(ctx, (unit) => ensureGroup(unit, ctx, name));
  return { id, name, agents: 0 };
}
