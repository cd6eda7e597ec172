import { durationText } from "../duration-text";
import type { WatchLags } from "../turns";

/** How far behind watching and telling may be before we call ourselves unwell, ms. */
export type LagLimits = { evaluationMs: number; deliveryMs: number };
export const usualLimits: LagLimits = { evaluationMs: 60_000, deliveryMs: 60_000 };

/** What is late, in sentences for people; empty: nothing is. */
export function lateParts(
  { evaluation, delivery }: Pick<WatchLags, "evaluation" | "delivery">,
  limits: LagLimits,
) {
  const late: string[] = [];
  if ((evaluation.lagMs ?? 0) > limits.evaluationMs)
    late.push(`Rules are evaluated ${durationText(evaluation.lagMs ?? 0)} late.`);
  if ((delivery.lagMs ?? 0) > limits.deliveryMs)
    late.push(`Messages are delivered ${durationText(delivery.lagMs ?? 0)} late.`);
  return late;
}

/** Why no ping may be sent: a turn of the watching or the telling is late or was never made. */
export function whyHeld(lags: WatchLags, limits: LagLimits): string | null {
  if (lags.evaluation.at === null) return "Rules were not evaluated yet.";
  if (lags.delivery.at === null) return "No turn of delivery was made yet.";
  return lateParts(lags, limits).join(" ") || null;
}
