import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Channel, changeChannelSchema } from "@/contracts/watch/channel";
import { channels } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { maskedTarget, sealConfig } from "./config";
import { channelRow, channelTarget, getChannel } from "./find";

/** Changes a channel; absent fields stay. Messages that wait go to the new address; a disabled channel gets none. */
export async function changeChannel(
  ctx: Ctx,
  { id, name, enabled, config }: z.output<typeof changeChannelSchema>,
): Promise<Channel> {
  demand(ctx, "channels:manage");
  await transact(ctx, async ({ tx, record }) => {
    const row = await channelRow(ctx, tx, id);
    const before = { name: row.name, enabled: row.enabled, target: row.target };
    const after = {
      name: name ?? row.name,
      enabled: enabled ?? row.enabled,
      target: config ? maskedTarget(config.url) : row.target,
    };
    const sealedConfig = config ? sealConfig(ctx.sealer, config) : row.sealedConfig;
    if (!config && JSON.stringify(before) === JSON.stringify(after)) return;
    await tx
      .update(channels)
      .set({ ...after, sealedConfig })
      .where(eq(channels.id, id));
    record({ kind: "channel.changed", target: channelTarget({ id, name: after.name }), before, after });
  });
  ctx.bus.publish("nudge.notifications", null);
  return getChannel(ctx, id);
}
