import type { RuleDraft, SavedRule } from "@/contracts/watch/rule";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { demandChannels, demandSound, hintsOfDraft } from "./check-draft";
import { tidyDraft } from "./view";
import { insertRule } from "./write-rule";

/** Makes a rule. It watches from now on, and new agents as soon as they are in its scope. */
export async function createRule(ctx: Ctx, wish: RuleDraft): Promise<SavedRule> {
  demand(ctx, "rules:manage");
  const draft = tidyDraft(wish);
  demandSound(draft);
  return transact(ctx, async (unit) => {
    await demandChannels(ctx, unit.tx, draft.channelIds);
    const rule = await insertRule(ctx, unit, draft, { how: "created" });
    return { ...rule, hints: await hintsOfDraft(ctx, unit.tx, draft) };
  });
}
