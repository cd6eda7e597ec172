import { eq } from "drizzle-orm";
import { channels } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { sealNothing } from "./config";
import { channelRow, channelTarget } from "./find";

/** Takes a channel away. Its address is forgotten; what it was told stays in the history; what waits is given up. */
export function deleteChannel(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, "channels:manage");
  return transact(ctx, async ({ tx, record, afterCommit }) => {
    const row = await channelRow(ctx, tx, id);
    const forgotten = sealNothing(ctx.sealer);
    await tx
      .update(channels)
      .set({ deletedAt: ctx.clock.now(), enabled: false, sealedConfig: forgotten })
      .where(eq(channels.id, id));
    record({
      kind: "channel.deleted",
      target: channelTarget(row),
      before: { name: row.name, kind: row.kind, target: row.target },
    });
    afterCommit(() => ctx.bus.publish("nudge.notifications", null));
  });
}
