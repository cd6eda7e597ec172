import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { alertGroups } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { type GroupState, type Member, type Places, tellOthers } from "../group-state";
import { lookAtGroup } from "../look";
import { Notes } from "../notes";
import { readGroups } from "./read-groups";
import type { Setting } from "./setting";
import { writeLooks, writeNotes } from "./write-looks";

/** Most groups in one transaction, so that none of them waits long for the others. */
const mostGroups = 200;

/**
 * Looks at the groups of the account that are due, the longest due first. Answers whether more may be due. `notes`
 * are steps that the caller has to write anyway.
 */
export async function lookAtDueGroups(
  ctx: Ctx,
  unit: Unit,
  setting: Setting,
  at: Date,
  notes: Notes = new Notes(),
): Promise<boolean> {
  const due = await unit.tx
    .select({ id: alertGroups.id })
    .from(alertGroups)
    .where(
      and(eq(alertGroups.accountId, ctx.account), isNull(alertGroups.closedAt), lte(alertGroups.flushAt, at)),
    )
    .orderBy(asc(alertGroups.flushAt), asc(alertGroups.id))
    .limit(mostGroups);
  const groups = await readGroups(
    unit.tx,
    due.map(({ id }) => id),
    setting,
  );
  const places = placesOf(groups);
  const looks = groups.map((group) => {
    const look = lookAtGroup(group, setting.world, at, "waiting");
    tellOthers(places, group, look.messages, at.getTime(), "waiting");
    return { groupId: group.id, look };
  });
  for (const { look } of looks) notes.merge(look.notes);
  await Promise.all([writeLooks(ctx, unit, at, looks), writeNotes(ctx, unit, at, notes)]);
  return due.length === mostGroups;
}

function placesOf(groups: readonly GroupState[]): Places {
  const places = new Map<string, { group: GroupState; member: Member }[]>();
  if (groups.length < 2) return places;
  for (const group of groups) {
    for (const member of group.members.values()) {
      const known = places.get(member.alert.id);
      if (known) known.push({ group, member });
      else places.set(member.alert.id, [{ group, member }]);
    }
  }
  return places;
}
