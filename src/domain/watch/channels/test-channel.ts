import { and, eq, gt, isNull } from "drizzle-orm";
import type { z } from "zod";
import { cutText } from "@/contracts/kernel/text";
import type { channelTestSchema } from "@/contracts/watch/channel";
import type { Tx } from "@/db/client";
import { channels, inboxMessages, notifications } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { outgoingOf, shownRequest } from "../notifications/outgoing";
import { type Outside, send } from "../notifications/senders";
import { tellableTest } from "../notifications/tellable";
import { openConfig } from "./config";
import { channelRow, channelTarget } from "./find";

/** Longest part of an answer that is shown. */
const shownAnswerLength = 1_000;

/** The channel works: its breaker closes, and what waits for a try goes out now. */
async function letGo(tx: Tx, channelId: string, at: Date): Promise<void> {
  await tx.update(channels).set({ failuresInRow: 0, brokenUntil: null }).where(eq(channels.id, channelId));
  await tx
    .update(notifications)
    .set({ nextAttemptAt: at })
    .where(
      and(
        eq(notifications.channelId, channelId),
        eq(notifications.state, "pending"),
        isNull(notifications.claimedUntil),
        gt(notifications.nextAttemptAt, at),
      ),
    );
}

/**
 * Sends a real message now, once, and answers what left and what came back; never through the outbox, since the person
 * waits for the answer. One that arrives closes the channel's breaker. Works for a disabled channel too: one tries an
 * address before switching it on.
 */
export async function testChannel(
  ctx: Ctx,
  outside: Outside,
  id: string,
): Promise<z.infer<typeof channelTestSchema>> {
  demand(ctx, "channels:manage");
  const row = await channelRow(ctx, ctx.db.orm, id);
  const at = ctx.clock.now();
  const told = tellableTest({
    id: ctx.ids.id("tst"),
    channel: { id: row.id, name: row.name },
    by: ctx.actor.name,
    at,
    consoleUrl: outside.consoleUrl,
  });
  const config = openConfig(ctx.sealer, row.kind, row.sealedConfig);
  const outgoing = outgoingOf(config, told, at, outside.consoleUrl);
  const sent = await send(outside, outgoing, () => ctx.clock.monotonicMs());
  const delivered = sent.verdict === "delivered";
  const answer = cutText(sent.answer.replaceAll("\u0000", "").toWellFormed(), shownAnswerLength);
  await transact(ctx, async ({ tx, record, afterCommit }) => {
    if (delivered) {
      await letGo(tx, row.id, at);
      afterCommit(() => ctx.bus.publish("nudge.notifications", null));
    }
    if (outgoing.way === "inbox") {
      const { role, title, body, link } = outgoing.row;
      const message = { notificationId: told.id, role, title, body, link, at };
      await tx
        .insert(inboxMessages)
        .values({ accountId: ctx.account, event: "firing", severity: "info", ...message });
    }
    record({
      kind: "channel.tested",
      target: channelTarget(row),
      data: { delivered, status: sent.status, answer, channelKind: row.kind },
    });
  });
  const { left, status, tookMs } = sent;
  return { delivered, left, status, answer, attempts: 1, tookMs, request: shownRequest(outgoing) };
}
