import { and, asc, eq, isNull } from "drizzle-orm";
import { permissionsOf, roles } from "@/contracts/people/role";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { users } from "@/db/schema";
import { type Ctx, conflict, demand, notFound } from "@/domain/kernel";
import { type AlertAct, actOnAlert, actOnAlerts, demandFiring, outcomeOf } from "./act-on-alerts";

/**
 * Asks a person to take care of a firing alert; `userId` null takes the assignment away. Refuses people who are
 * disabled or may not operate alerts: they could do nothing about it.
 */
export async function assignAlert(
  ctx: Ctx,
  { id, userId }: { id: string; userId: string | null },
): Promise<Alert> {
  demand(ctx, "alerts:operate");
  return actOnAlert(ctx, id, assigning(await assignee(ctx, userId)));
}

/** The same for several: what became of each. */
export async function assignAlerts(
  ctx: Ctx,
  { ids, userId }: { ids: readonly string[]; userId: string | null },
): Promise<AlertOutcome[]> {
  demand(ctx, "alerts:operate");
  return (await actOnAlerts(ctx, ids, assigning(await assignee(ctx, userId)))).map(outcomeOf);
}

type Assignee = { id: string; name: string };

/** Whom alerts can be assigned to, by name. */
export async function listAssignees(ctx: Ctx): Promise<Assignee[]> {
  demand(ctx, "alerts:operate");
  const rows = await ctx.db.orm
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.accountId, ctx.account), isNull(users.disabledAt)))
    .orderBy(asc(users.name), asc(users.id));
  return rows.filter(({ role }) => able.has(role)).map(({ id, name }) => ({ id, name }));
}

const able = new Set(roles.filter((role) => permissionsOf[role].has("alerts:operate")));

async function assignee(ctx: Ctx, userId: string | null): Promise<Assignee | null> {
  if (userId === null) return null;
  const [row] = await ctx.db.orm
    .select()
    .from(users)
    .where(and(eq(users.accountId, ctx.account), eq(users.id, userId)));
  if (!row) throw notFound("person");
  if (row.disabledAt) throw conflict(`${row.name} is disabled, so nobody would take care of it.`);
  if (!able.has(row.role)) {
    throw conflict(`${row.name} is a ${row.role}, who may not act on alerts. It takes the role operator.`);
  }
  return { id: row.id, name: row.name };
}

function assigning(to: Assignee | null): AlertAct {
  return (row) => {
    demandFiring(row, "assign");
    if (row.assignedId === (to?.id ?? null)) return null;
    return {
      kind: "alert.assigned",
      set: { assignedId: to?.id ?? null, assignedName: to?.name ?? null },
    };
  };
}
