import type { RuleDraft } from "@/contracts/watch/rule";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import { missingChannels } from "./check-draft";

/** An older draft with the channels that there still are; says so where one is gone. */
export async function withoutLostChannels(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  draft: RuleDraft,
): Promise<{ draft: RuleDraft; hints: string[] }> {
  const lost = new Set(await missingChannels(ctx, tx, draft.channelIds));
  if (lost.size === 0) return { draft, hints: [] };
  const channelIds = draft.channelIds.filter((id) => !lost.has(id));
  const rest = channelIds.length === 0 ? " Now the routes decide who is told." : "";
  const what = lost.size === 1 ? "A channel that it told is" : `${lost.size} channels that it told are`;
  return { draft: { ...draft, channelIds }, hints: [`${what} deleted and left out.${rest}`] };
}
