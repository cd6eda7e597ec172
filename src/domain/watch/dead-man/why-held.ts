import { durationText } from "../duration-text";
import type { WatchLags } from "../turns";

/** How far behind watching and telling may be before we call ourselves unwell, ms. */
export type LagLimits = { evaluationMs: number; deliveryMs: number };
export const usualLimits: LagLimits = { evaluationMs: 60_000, deliveryMs: 60_000 };

type Lags = Pick<WatchLags, "evaluation" | "delivery">;

/** Which of both is further behind than it may be. */
export function lateOnes({ evaluation, delivery }: Lags, limits: LagLimits) {
  return {
    evaluation: (evaluation.lagMs ?? 0) > limits.evaluationMs,
    delivery: (delivery.lagMs ?? 0) > limits.deliveryMs,
  };
}

/** What is late, in sentences for people; empty: nothing is. */
export function lateParts(lags: Lags, limits: LagLimits) {
  const { evaluation, delivery } = lags;
  const is = lateOnes(lags, limits);
  const late: string[] = [];
  if (is.evaluation) late.push(`Rules are evaluated ${durationText(evaluation.lagMs ?? 0)} late.`);
  if (is.delivery) late.push(`Messages are delivered ${durationText(delivery.lagMs ?? 0)} late.`);
  return late;
}

/** Why no ping may be sent: a turn of the watching or the telling is late or was never made. */
export function whyHeld(lags: WatchLags, limits: LagLimits): string | null {
  if (lags.evaluation.at === null) return "Rules were not evaluated yet.";
  if (lags.delivery.at === null) return "No turn of delivery was made yet.";
  return lateParts(lags, limits).join(" ") || null;
}
