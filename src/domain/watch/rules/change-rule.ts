import { and, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { changeRuleSchema, RuleDraft, SavedRule } from "@/contracts/watch/rule";
import type { Tx } from "@/db/client";
import { ruleVersions } from "@/db/schema";
import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import { demandChannels, demandSound, hintsOfDraft } from "./check-draft";
import { lockRule } from "./find";
import { type RuleRow, tidyDraft } from "./view";
import { updateRule } from "./write-rule";

/**
 * Changes a rule; absent fields stay, the same words again change nothing. Alerts that the changed rule would not
 * have fired are resolved in the same transaction: switching a rule off must not leave an alarm that never ends.
 * Throws conflict when `version` is not the newest.
 */
export async function changeRule(
  ctx: Ctx,
  { id, version, ...wish }: z.output<typeof changeRuleSchema>,
): Promise<SavedRule> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const row = await lockRule(ctx, unit.tx, id);
    await demandVersion(unit.tx, row, version);
    const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
    const draft: RuleDraft = tidyDraft({ ...row.draft, ...given });
    demandSound(draft);
    // A channel that was deleted meanwhile must not stand in the way of switching the rule off.
    const added = draft.channelIds.filter((channelId) => !row.draft.channelIds.includes(channelId));
    await demandChannels(ctx, unit.tx, added);
    const rule = await updateRule(ctx, unit, row, draft, { how: "changed" });
    return { ...rule, hints: await hintsOfDraft(ctx, unit.tx, draft) };
  });
}

/** Refuses to overwrite what its editor has not seen, and says whose work that is. */
export async function demandVersion(tx: Tx, row: RuleRow, read: number | undefined): Promise<void> {
  if (read === undefined || read === row.version) return;
  const [newest] = await tx
    .select({ author: ruleVersions.author })
    .from(ruleVersions)
    .where(and(eq(ruleVersions.ruleId, row.id), eq(ruleVersions.version, row.version)))
    .orderBy(desc(ruleVersions.version));
  const who = newest ? newest.author.name : "Somebody";
  throw conflict(
    `${who} changed “${row.draft.name}” while you were editing it (it is at version ${row.version}, you read ${read}). Load it again and make your change once more.`,
    { version: row.version, changedBy: newest?.author ?? null, changedAt: row.changedAt.toISOString() },
  );
}
