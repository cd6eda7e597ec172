import type { z } from "zod";
import type { Channel, createChannelSchema } from "@/contracts/watch/channel";
import { channels } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { maskedTarget, sealConfig } from "./config";
import { channelTarget } from "./find";

/** Adds a place where messages go. The address is sealed at once; facts and answers hold its mask only. */
export function createChannel(ctx: Ctx, wish: z.output<typeof createChannelSchema>): Promise<Channel> {
  demand(ctx, "channels:manage");
  return transact(ctx, async ({ tx, record }) => {
    const { kind, name, config } = wish;
    const row = {
      id: ctx.ids.id("chn"),
      kind,
      name,
      target: maskedTarget(config.url),
      enabled: true,
      createdAt: ctx.clock.now(),
    };
    await tx
      .insert(channels)
      .values({ ...row, accountId: ctx.account, sealedConfig: sealConfig(ctx.sealer, config) });
    const channel = {
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastDeliveredAt: null,
      lastFailure: null,
    };
    record({ kind: "channel.created", target: channelTarget(row), after: channel });
    return channel;
  });
}
