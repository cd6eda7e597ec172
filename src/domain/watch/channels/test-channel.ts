import type { z } from "zod";
import { cutText } from "@/contracts/kernel/text";
import type { channelTestSchema } from "@/contracts/watch/channel";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { type Outside, send } from "../notifications/senders";
import { testMessage } from "../notifications/teams-card";
import { openConfig } from "./config";
import { channelRow, channelTarget } from "./find";

/** Longest part of an answer that is shown. */
const shownAnswerLength = 1_000;

/**
 * Sends a real message now, once, and answers what came back; never through the outbox, since the person waits for
 * the answer. Works for a disabled channel too: one tries an address before switching it on.
 */
export async function testChannel(
  ctx: Ctx,
  outside: Outside,
  id: string,
): Promise<z.infer<typeof channelTestSchema>> {
  demand(ctx, "channels:manage");
  const row = await channelRow(ctx, ctx.db.orm, id);
  const message = testMessage({
    channel: row.name,
    by: ctx.actor.name,
    at: ctx.clock.now(),
    consoleUrl: outside.consoleUrl,
  });
  const sent = await send(outside, row.kind, openConfig(ctx.sealer, row.sealedConfig), message);
  const delivered = sent.verdict === "delivered";
  const answer = cutText(sent.answer, shownAnswerLength);
  await transact(ctx, async ({ record }) => {
    record({
      kind: "channel.tested",
      target: channelTarget(row),
      data: { delivered, status: sent.status, answer },
    });
  });
  return { delivered, status: sent.status, answer, attempts: 1, tookMs: sent.tookMs };
}
