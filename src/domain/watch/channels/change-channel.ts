import { eq } from "drizzle-orm";
import type { z } from "zod";
import { type Channel, type changeChannelSchema, channelConfigSchemas } from "@/contracts/watch/channel";
import { channels } from "@/db/schema";
import { type Ctx, demand, invalid, transact } from "@/domain/kernel";
import type { Out } from "@/platform/out";
import { checkTemplate } from "../notifications/render/template";
import { type ChannelConfig, maskedTarget, openConfig, sealConfig } from "./config";
import { type ChannelRow, channelRow, channelTarget, getChannel } from "./find";
import { refuseUnreachable } from "./refuse-unreachable";

/**
 * Changes a channel; absent fields stay, also a webhook's secret within its `config`. Messages that wait go to the
 * new address, at once: whoever mends an address does not want to wait for the breaker. A disabled channel gets none.
 */
export async function changeChannel(
  ctx: Ctx,
  out: Pick<Out, "refusal">,
  { id, config, ...wish }: z.output<typeof changeChannelSchema>,
): Promise<Channel> {
  demand(ctx, "channels:manage");
  if (wish.template) checkTemplate(wish.template);
  await transact(ctx, async ({ tx, record }) => {
    const row = await channelRow(ctx, tx, id);
    const opened = config ? newConfig(ctx, row, config) : null;
    if (opened) refuseUnreachable(out, opened);
    const { name, enabled, target, template, perMinute } = row;
    const before = { name, enabled, target, template, perMinute };
    const after = {
      name: wish.name ?? name,
      enabled: wish.enabled ?? enabled,
      target: opened ? maskedTarget(opened) : target,
      template: wish.template === undefined ? template : wish.template,
      perMinute: wish.perMinute === undefined ? perMinute : wish.perMinute,
    };
    if (!opened && JSON.stringify(before) === JSON.stringify(after)) return;
    const mended = opened
      ? { sealedConfig: sealConfig(ctx.sealer, opened), failuresInRow: 0, brokenUntil: null }
      : {};
    await tx
      .update(channels)
      .set({ ...after, ...mended })
      .where(eq(channels.id, id));
    record({ kind: "channel.changed", target: channelTarget({ id, name: after.name }), before, after });
  });
  ctx.bus.publish("nudge.notifications", null);
  return getChannel(ctx, id);
}

/** The settings by the schema of the channel's own kind. Throws `invalid` with what is wrong. */
function newConfig(ctx: Ctx, row: ChannelRow, config: Record<string, unknown>): ChannelConfig {
  const parsed = channelConfigSchemas[row.kind].safeParse(config);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${["config", ...path].join(".")}: ${message}`,
    );
    throw invalid(`These are no settings of a channel of the kind ${row.kind}. ${faults.join("; ")}.`);
  }
  const next = { kind: row.kind, ...parsed.data } as ChannelConfig;
  if (next.kind !== "webhook" || next.secret) return next;
  const now = openConfig(ctx.sealer, row.kind, row.sealedConfig);
  return { ...next, secret: now.kind === "webhook" ? now.secret : "" };
}
