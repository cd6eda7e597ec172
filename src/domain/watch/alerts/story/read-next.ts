import { and, eq, isNull } from "drizzle-orm";
import type { Alert } from "@/contracts/watch/alert";
import type { StoryNext } from "@/contracts/watch/story";
import { alertGroups, groupAlerts } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { readGroups } from "@/domain/watch/telling/notifier/read-groups";
import { readSetting } from "@/domain/watch/telling/notifier/setting";
import { nextTelling } from "./next-telling";

/** What comes next for an alert that fires, in each of its groups. */
export async function readNext(ctx: Ctx, { id, state }: Pick<Alert, "id" | "state">): Promise<StoryNext[]> {
  if (state !== "firing") return [];
  return ctx.db.orm.transaction(async (tx) => {
    const places = await tx
      .select({ id: groupAlerts.groupId })
      .from(groupAlerts)
      .innerJoin(alertGroups, eq(alertGroups.id, groupAlerts.groupId))
      .where(and(eq(groupAlerts.alertId, id), isNull(groupAlerts.leftAt), isNull(alertGroups.closedAt)));
    if (places.length === 0) return [];
    const setting = await readSetting(ctx, tx);
    const groupIds = places.map((place) => place.id);
    const groups = await readGroups(tx, groupIds, setting, id);
    const at = ctx.clock.now();
    return groups.flatMap((group) =>
      [...group.members.values()].flatMap((member) => nextTelling(group, member, setting.world, at)),
    );
  });
}
