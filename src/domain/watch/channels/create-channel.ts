import type { z } from "zod";
import type { createdChannelSchema, NewChannel } from "@/contracts/watch/channel";
import { channels } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import type { Out } from "@/platform/out";
import { checkTemplate } from "../notifications/render/template";
import { type ChannelConfig, maskedTarget, sealConfig } from "./config";
import { channelOf, channelTarget, toldNothing } from "./find";
import { refuseUnreachable } from "./refuse-unreachable";

/**
 * Adds a place where messages go. Its settings are sealed at once; facts and answers hold its mask only. A webhook
 * that brings no secret gets one, which this answer tells and nothing tells again.
 */
export async function createChannel(
  ctx: Ctx,
  out: Pick<Out, "refusal">,
  wish: NewChannel,
): Promise<z.infer<typeof createdChannelSchema>> {
  demand(ctx, "channels:manage");
  const template = wish.template ?? null;
  checkTemplate(template);
  const secret = wish.kind === "webhook" && !wish.config.secret ? ctx.ids.secret("mcw") : null;
  const config = configOf(wish, secret);
  refuseUnreachable(out, config);
  return transact(ctx, async ({ tx, record }) => {
    const row: typeof channels.$inferSelect = {
      id: ctx.ids.id("chn"),
      accountId: ctx.account,
      kind: wish.kind,
      name: wish.name,
      sealedConfig: sealConfig(ctx.sealer, config),
      target: maskedTarget(config),
      enabled: true,
      template,
      perMinute: wish.perMinute ?? null,
      failuresInRow: 0,
      brokenUntil: null,
      createdAt: ctx.clock.now(),
      deletedAt: null,
    };
    await tx.insert(channels).values(row);
    const channel = channelOf(row, toldNothing);
    record({ kind: "channel.created", target: channelTarget(row), after: channel });
    return { ...channel, secret };
  });
}

function configOf(wish: NewChannel, made: string | null): ChannelConfig {
  if (wish.kind !== "webhook") return { kind: wish.kind, ...wish.config } as ChannelConfig;
  return { kind: "webhook", url: wish.config.url, secret: wish.config.secret ?? made ?? "" };
}
