import { cutText } from "@/contracts/kernel/text";
import type { SavedRule } from "@/contracts/watch/rule";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { hintsOfDraft } from "./check-draft";
import { lockRule } from "./find";
import { withoutLostChannels } from "./without-lost-channels";
import { insertRule } from "./write-rule";

const suffix = " (copy)";
const longestName = 120;

/** A copy to make another rule out of: switched off, so that nobody is told everything twice meanwhile. */
export async function duplicateRule(ctx: Ctx, id: string): Promise<SavedRule> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const row = await lockRule(ctx, unit.tx, id);
    const { draft, hints } = await withoutLostChannels(ctx, unit.tx, row.draft);
    const name = cutText(draft.name, longestName - suffix.length) + suffix;
    const copy = { ...draft, name, enabled: false };
    const rule = await insertRule(ctx, unit, copy, { how: "duplicated", from: id });
    return { ...rule, hints: [...hints, ...(await hintsOfDraft(ctx, unit.tx, copy))] };
  });
}
