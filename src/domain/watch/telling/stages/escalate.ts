import type { EffectiveRoute } from "./route";
import type { World } from "./stage";

/** A step of an escalation for one alert: whom it still has to reach, and when. */
export type DueStep = { step: number; afterMs: number; dueMs: number; channelIds: string[] };

/**
 * The stage: steps that an alert which nobody acknowledged has not taken yet, counted from when it was first told.
 * `escalatedMs` is when a channel last heard of it by an escalation.
 */
export function escalate(
  { escalation }: Pick<EffectiveRoute, "escalation">,
  { toldAtMs, escalatedMs }: { toldAtMs: number; escalatedMs: ReadonlyMap<string, number> },
  { channels }: Pick<World, "channels">,
): DueStep[] {
  return escalation.flatMap(({ afterMs, channelIds }, step) => {
    const dueMs = toldAtMs + afterMs;
    const left = channelIds.filter(
      (id) => channels.has(id) && (escalatedMs.get(id) ?? Number.NEGATIVE_INFINITY) < dueMs,
    );
    return left.length > 0 ? [{ step, afterMs, dueMs, channelIds: [...new Set(left)] }] : [];
  });
}
