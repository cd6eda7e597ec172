import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { cleanText } from "@/contracts/kernel/text";
import type { alertCommentSchema } from "@/contracts/watch/alert";
import { alertComments, alerts } from "@/db/schema";
import { type Ctx, demand, invalid, notFound, transact } from "@/domain/kernel";
import { alertTarget } from "./view";

export type AlertComment = z.infer<typeof alertCommentSchema>;

/** Adds words to an alert's story; also after its end, when people find out what it was. */
export async function commentAlert(
  ctx: Ctx,
  { id, text }: { id: string; text: string },
): Promise<AlertComment> {
  demand(ctx, "alerts:operate");
  const words = cleanText(text).trim();
  if (words === "") throw invalid("A comment needs words.");
  return transact(ctx, async ({ tx, record }) => {
    const [row] = await tx
      .select()
      .from(alerts)
      .where(and(eq(alerts.accountId, ctx.account), eq(alerts.id, id)));
    if (!row) throw notFound("alert");
    const comment = {
      id: ctx.ids.id("cmt"),
      accountId: ctx.account,
      alertId: id,
      at: ctx.clock.now(),
      author: ctx.actor,
      text: words,
    };
    await tx.insert(alertComments).values(comment);
    // Nothing of the alert itself changes: whoever shows its story hears of it and reads it again.
    record({
      kind: "alert.commented",
      target: alertTarget(row),
      data: { agentId: row.agentId, ruleId: row.ruleId, commentId: comment.id, text: words },
    });
    return { id: comment.id, at: comment.at.toISOString(), author: comment.author, text: words };
  });
}
